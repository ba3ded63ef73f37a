import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import type { FeatureSpec, Features } from './features.js';
import { type Head, unmetNeed } from './head.js';
import { type Initialise, smallNormal } from './initialise.js';
import { linear } from './linear.js';
import { createRandom } from './random.js';

/** What a classification head learns from. */
export interface ClassBatch {
  /** `[batch] int32`, the number of each image's class. */
  readonly classes: tf.Tensor1D;
}

/**
 * A linear classifier on the pooled vector; predicts logits `[batch, classes] float32`.
 *
 * @param options.spec of the backbone that it will sit on
 * @param options.classes how many
 * @param options.seed of the first weights; 0 unless given
 * @param options.smoothing label smoothing while training, from 0 to 1; 0 unless given
 * @throws when the backbone pools nothing
 * @source timm's `head`: one linear layer; metric `accuracy`, the share of images whose largest logit is the label's
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { classification } from '@whereabouts/layers';
 *
 * const head = classification({
 *   spec: { contract: 1, stages: [{ grid: { rows: 2, columns: 2 }, channels: 8, length: 4 }], pooled: 8, positionEncoding: 'none' },
 *   classes: 10,
 *   seed: 0,
 * });
 * head.variables.weight?.shape; // => [8, 10]
 * ```
 */
export function classification(options: {
  readonly spec: FeatureSpec;
  readonly classes: number;
  readonly seed?: number;
  readonly smoothing?: number;
  readonly initialise?: Initialise;
}): Head<ClassBatch, tf.Tensor2D> {
  const { spec, classes, seed = 0, smoothing = 0, initialise = smallNormal } = options;
  const unmet = unmetNeed({ pooled: true }, spec);
  if (unmet !== undefined) throw new Error(`The classification head ${unmet}.`);
  const random = createRandom({ seed, step: 0 }).fork('classification');
  const layer = linear({ inputs: spec.pooled, outputs: classes, random, initialise });
  const logitsOf = (features: Features) => layer.apply(features.pooled as tf.Tensor2D);
  return {
    needs: { pooled: spec.pooled },
    variables: layer.variables,
    apply: logitsOf,
    loss: (features, batch, pass) => {
      const logits = logitsOf(features);
      const loss = crossEntropy(logits, batch.classes, { smoothing: pass.training ? smoothing : 0 });
      const accuracy = tf.mean(tf.cast(tf.equal(tf.argMax(logits, -1), batch.classes), 'float32'));
      return { loss, metrics: { accuracy: accuracy as tf.Scalar } };
    },
  };
}
