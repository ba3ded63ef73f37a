import type { Backbone } from './backbone.js';
import type { Features } from './features.js';
import type { Layer } from './layer.js';
import { within } from './pass.js';
import { gatherVariables } from './variables.js';

/**
 * A backbone and one head as one function: from images to what the head predicts, such as logits.
 *
 * @returns a layer of their variables: `backbone.<path>` and `head.<path>`
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { classification, evaluationPass, predictor } from '@whereabouts/layers';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 });
 * const model = predictor(backbone, classification({ spec: backbone.spec, classes: 10 }));
 * model.apply(tf.ones([2, 8, 8, 3]), evaluationPass()).shape; // => [2, 10]
 * ```
 */
export function predictor<Input, Prediction>(
  backbone: Backbone<Input>,
  head: Layer<Features, Prediction>,
): Layer<Input, Prediction> {
  return {
    variables: gatherVariables({ backbone, head }),
    apply: (images, pass) =>
      head.apply(backbone.apply(images, within(pass, 'backbone')), within(pass, 'head')),
  };
}
