import * as tf from '@tensorflow/tfjs-core';
import { oneHot, operation } from '@whereabouts/layers';

/**
 * Picks rows of a table: `[rows, channels] float32` and `indices [batch, length] int32` to
 * `[batch, length, channels] float32`, with a gradient for the table.
 *
 * A product with one-hot rows, since `gather` has no gradient on wasm.
 */
export function selectRows(table: tf.Tensor2D, indices: tf.Tensor2D): tf.Tensor3D {
  const [rows, channels] = table.shape;
  const pick = operation((whole) => {
    const picked = oneHot(tf.reshape(indices, [-1]), rows); // [batch * length, rows]
    return {
      value: tf.matMul(picked, whole as tf.Tensor2D),
      saved: [picked],
      gradient: (upstream, saved) => [
        tf.matMul(tf.transpose(saved[0] as tf.Tensor2D), upstream as tf.Tensor2D),
      ],
    };
  });
  return tf.reshape(pick(table), [...indices.shape, channels]);
}
