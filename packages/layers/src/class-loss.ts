import * as tf from '@tensorflow/tfjs-core';
import { softCrossEntropy } from './cross-entropy.js';
import { oneHot } from './one-hot.js';

/** What a classification head learns from. */
export interface ClassBatch {
  /** `[batch] int32`, the number of each image's class. */
  readonly classes: tf.Tensor1D;
  /** `[batch, classes] float32`, each class's share in a mixed image, summing to 1; where given, learned instead of `classes`. */
  readonly targets?: tf.Tensor2D;
}

function requireShape(targets: tf.Tensor2D, logits: tf.Tensor2D): void {
  const [given, expected] = [targets.shape, logits.shape];
  if (given[0] !== expected[0] || given[1] !== expected[1])
    throw new Error(
      `The targets are [${given}], but the head predicts [${expected}]: [batch, classes]. Mix for as many classes as the head has.`,
    );
}

/**
 * The mean cross-entropy of logits `[batch, classes] float32` against what a batch says.
 *
 * @param options.smoothing share of either kind of target spread evenly over all classes; 0 unless given
 * @throws when the targets have another shape than the logits
 */
export function classLoss(
  logits: tf.Tensor2D,
  { classes, targets }: ClassBatch,
  options: { readonly smoothing?: number } = {},
): tf.Scalar {
  if (targets !== undefined) requireShape(targets, logits);
  return softCrossEntropy(logits, targets ?? oneHot(classes, logits.shape[1]), options);
}

/** The share of images whose largest logit is that of their class, or of the larger target of a mixed one. */
export function classAccuracy(logits: tf.Tensor2D, { classes, targets }: ClassBatch): tf.Scalar {
  const labels = targets === undefined ? classes : tf.argMax(targets, -1);
  return tf.mean(tf.cast(tf.equal(tf.argMax(logits, -1), labels), 'float32')) as tf.Scalar;
}
