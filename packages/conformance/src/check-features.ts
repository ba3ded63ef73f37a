import { type Backbone, evaluationPass, type Pass } from '@whereabouts/layers';
import { outputsOf } from './outputs.js';
import { plainSpec } from './promises/plain-spec.js';
import { positionsOfGrid } from './promises/positions-of-grid.js';
import { shapesOfSpec } from './promises/shapes-of-spec.js';

/**
 * Checks that a backbone hands over what its spec says, by one pass over an input: stages, shapes, types, positions. The
 * quick part of `checkBackbone`, for programs that are given a backbone and are about to use it.
 *
 * @param options.batchSize how many images the input holds
 * @param options.pass evaluation unless given
 * @throws at the first broken promise, with a sentence that names it, what it expects and what was found
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { checkFeatures } from '@whereabouts/conformance';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 });
 * await checkFeatures(backbone, tf.zeros([2, 8, 8, 3]), { batchSize: 2 });
 * ```
 */
export async function checkFeatures<Input>(
  backbone: Backbone<Input>,
  input: Input,
  options: { readonly batchSize: number; readonly pass?: Pass },
): Promise<void> {
  const { batchSize, pass = evaluationPass() } = options;
  const { spec } = backbone;
  plainSpec(spec);
  const outputs = await outputsOf(() => {
    const features = backbone.apply(input, pass);
    shapesOfSpec(features, spec, batchSize);
    return features;
  });
  positionsOfGrid(outputs, spec);
}
