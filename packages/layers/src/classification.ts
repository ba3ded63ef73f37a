import * as tf from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifiers, meanOf } from './classifiers.js';
import { crossEntropy } from './cross-entropy.js';
import type { Head } from './head.js';

/** What a classification head learns from. */
export interface ClassBatch {
  /** `[batch] int32`, the number of each image's class. */
  readonly classes: tf.Tensor1D;
}

/**
 * A linear classifier on the pooled vector; predicts logits `[batch, classes] float32`.
 *
 * On a backbone that hands over a distilled vector too, it has a second classifier on that. Both learn from the labels,
 * the loss is the mean of theirs, and the prediction is the mean of their logits; in evaluation, loss and metrics are those
 * of the prediction. `distillation` makes a head of the same variables that learns from a teacher as well.
 *
 * @param options.spec of the backbone that it will sit on
 * @param options.classes how many
 * @param options.seed of the first weights; 0 unless given
 * @param options.smoothing label smoothing while training, from 0 to 1; 0 unless given
 * @throws when the backbone pools nothing
 * @source timm's `head` and, of its distilled DeiT, `head_dist`: one linear layer each; metric `accuracy`, the share of
 * images whose largest logit is the label's
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
export function classification(
  options: ClassifierOptions & { readonly smoothing?: number },
): Head<ClassBatch, tf.Tensor2D> {
  const { smoothing = 0 } = options;
  const { needs, variables, logits } = classifiers('classification', options);
  return {
    needs,
    variables,
    apply: (features) => meanOf(logits(features)),
    loss: (features, batch, pass) => {
      const each = logits(features);
      const predicted = meanOf(each);
      const metrics = { accuracy: accuracy(predicted, batch.classes) };
      if (!pass.training) return { loss: crossEntropy(predicted, batch.classes), metrics };
      return { loss: meanOf(each.map((one) => crossEntropy(one, batch.classes, { smoothing }))), metrics };
    },
  };
}

/** The share of rows whose largest logit is the label's: `[]` of `[rows, classes]` and `[rows] int32`. */
export function accuracy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.mean(tf.cast(tf.equal(tf.argMax(logits, -1), labels), 'float32')) as tf.Scalar;
}
