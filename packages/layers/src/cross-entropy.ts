import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from './one-hot.js';
import { operation } from './operation.js';

/**
 * The mean softmax cross-entropy of logits against class numbers.
 *
 * @param logits `[rows, classes] float32`
 * @param labels `[rows] int32`, from 0 up to but not including `classes`
 * @param options.smoothing share of the target spread evenly over all classes; 0 unless given
 * @source Szegedy et al. 2016 for the smoothing: `1 - s + s / classes` on the label, `s / classes` elsewhere
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { crossEntropy } from '@whereabouts/layers';
 *
 * const loss = crossEntropy(tf.zeros([3, 4]), tf.tensor1d([0, 1, 3], 'int32'));
 * Math.abs(loss.dataSync()[0]! - Math.log(4)) < 1e-6; // => true
 * ```
 */
export function crossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  options: { readonly smoothing?: number } = {},
): tf.Scalar {
  return softCrossEntropy(logits, oneHot(labels, logits.shape[1]), options);
}

const meanCrossEntropy = operation((...inputs) => {
  const [logits, targets] = inputs as [tf.Tensor2D, tf.Tensor2D];
  const logProbabilities = tf.logSoftmax(logits);
  const rows = logits.shape[0];
  return {
    value: tf.mul(tf.sum(tf.mul(logProbabilities, targets)), -1 / rows),
    saved: [logProbabilities, targets],
    gradient: (upstream, saved) => {
      const [logarithms, wanted] = saved as [tf.Tensor2D, tf.Tensor2D];
      const scale = tf.div(upstream, rows);
      return [
        tf.mul(tf.sub(tf.exp(logarithms), wanted), scale),
        tf.mul(logarithms, tf.neg(scale)), // so that a teacher's probabilities could be learned too
      ];
    },
  };
});

/**
 * The mean softmax cross-entropy of logits against probabilities, as mixed images and teachers give them.
 *
 * @param logits `[rows, classes] float32`
 * @param targets `[rows, classes] float32`, each row a distribution that sums to 1
 * @param options.smoothing share of the targets spread evenly over all classes; 0 unless given
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { softCrossEntropy } from '@whereabouts/layers';
 *
 * const loss = softCrossEntropy(tf.zeros([1, 2]), tf.tensor2d([[0.5, 0.5]]));
 * Math.abs(loss.dataSync()[0]! - Math.log(2)) < 1e-6; // => true
 * ```
 */
export function softCrossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
  options: { readonly smoothing?: number } = {},
): tf.Scalar {
  const { smoothing = 0 } = options;
  const [, classes] = logits.shape;
  const smooth = smoothing === 0 ? targets : tf.add(tf.mul(targets, 1 - smoothing), smoothing / classes);
  return meanCrossEntropy(logits, smooth) as tf.Scalar;
}
