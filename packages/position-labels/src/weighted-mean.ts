import * as tf from '@tensorflow/tfjs-core';

/** `Σ weight · value / Σ weight` over all, `[] float32`; 0 where no weight is above 0. */
export function weightedMean(values: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  return tf.div(tf.sum(tf.mul(values, weights)), tf.add(tf.sum(weights), 1e-8)) as tf.Scalar;
}
