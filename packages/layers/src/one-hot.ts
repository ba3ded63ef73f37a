import * as tf from '@tensorflow/tfjs-core';

/**
 * `[rows, places] float32`, 1 at each row's index and 0 elsewhere, from `indices [rows] int32`; without a gradient.
 *
 * Made as int32 and cast: asked for float32, `tf.oneHot` writes the bits of integers on wasm.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { oneHot } from '@whereabouts/layers';
 *
 * oneHot(tf.tensor1d([2, 0], 'int32'), 3).arraySync(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function oneHot(indices: tf.Tensor1D, places: number): tf.Tensor2D {
  return tf.cast(tf.oneHot(indices, places), 'float32') as tf.Tensor2D;
}
