import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from './optimiser.js';

/**
 * The length of all gradients taken as one vector, `[] float32`.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { globalNorm } from '@whereabouts/trainer';
 *
 * globalNorm({ a: tf.tensor1d([3]), b: tf.tensor1d([4]) }).dataSync()[0]; // => 5
 * ```
 */
export function globalNorm(gradients: Gradients): tf.Scalar {
  const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
  return tf.sqrt(tf.addN(squares)) as tf.Scalar;
}

/**
 * Shortens all gradients by one factor where their global norm is above `maximum`.
 *
 * @source torch.nn.utils.clip_grad_norm_: the factor is `maximum / (norm + 1e-6)`, at most 1
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { clipGradients, globalNorm } from '@whereabouts/trainer';
 *
 * const gradients = { a: tf.tensor1d([3]), b: tf.tensor1d([4]) };
 * const clipped = clipGradients(gradients, globalNorm(gradients), 1);
 * Math.abs(globalNorm(clipped).dataSync()[0]! - 1) < 1e-5; // => true
 * ```
 */
export function clipGradients(gradients: Gradients, norm: tf.Scalar, maximum: number): Gradients {
  const factor = tf.minimum(tf.div(maximum, tf.add(norm, 1e-6)), 1);
  return Object.fromEntries(
    Object.entries(gradients).map(([path, gradient]) => [path, tf.mul(gradient, factor)]),
  );
}
