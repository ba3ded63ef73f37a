import * as tf from '@tensorflow/tfjs-core';

/**
 * `[rows, places] float32`, 1 at each index and 0 elsewhere.
 *
 * Made as int32 and cast, because the wasm backend writes the bits of an int32 one into a float32 one-hot.
 */
export function oneHot(indices: tf.Tensor1D, places: number): tf.Tensor2D {
  return tf.cast(tf.oneHot(indices, places), 'float32') as tf.Tensor2D;
}
