import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type ClassBatch, classLoss } from './class-loss.js';
import { type ClassifierOptions, classifyingHead, meanOf } from './classifying-head.js';
import type { Head } from './head.js';

/**
 * A linear classifier on the pooled vector; predicts logits `[batch, classes] float32`.
 *
 * On a backbone that hands over a distilled vector too, it has a second classifier on that. Both learn from the labels,
 * the loss is the mean of theirs, and the prediction is the mean of their logits; in evaluation, loss and metrics are those
 * of the prediction. `distillation` makes a head of the same variables that learns from a teacher as well.
 *
 * It learns from the `classes` of a batch, or from its `targets` where images were mixed. The smoothing is applied here to
 * either, so mixed targets come unsmoothed.
 *
 * @param options.spec of the backbone that it will sit on
 * @param options.classes how many
 * @param options.seed of the first weights; 0 unless given
 * @param options.smoothing label smoothing while training, from 0 to 1; 0 unless given
 * @throws when the backbone pools nothing
 * @source timm's `head` and, of its distilled DeiT, `head_dist`: one linear layer each; metric `accuracy`, the share of
 * images whose largest logit is the label's, or that of the larger target
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
export function classification(options: ClassifierOptions): Head<ClassBatch, Tensor2D> {
  const { smoothing = 0 } = options;
  return classifyingHead('classification', options, (logits, batch) =>
    meanOf(logits.map((each) => classLoss(each, batch, { smoothing }))),
  );
}
