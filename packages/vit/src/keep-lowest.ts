import * as tf from '@tensorflow/tfjs-core';

/**
 * The positions with the lowest noise, in ascending order of it: `noise [batch, positions] float32` to
 * `[batch, keep] int32`. Equal noise keeps the order of the positions.
 *
 * @param keep how many positions of each image
 * @source He et al. 2022 (MAE) `random_masking`: the first `keep` of an ascending argsort
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { keepLowest } from '@whereabouts/vit';
 *
 * keepLowest(tf.tensor2d([[0.9, 0.1, 0.5, 0.3]]), 2).arraySync(); // => [[1, 3]]
 * ```
 */
export function keepLowest(noise: tf.Tensor2D, keep: number): tf.Tensor2D {
  return tf.topk(tf.neg(noise), keep, true).indices;
}
