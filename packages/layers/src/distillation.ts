import * as tf from '@tensorflow/tfjs-core';
import { type ClassBatch, classLoss } from './class-loss.js';
import { type ClassifierOptions, classifyingHead } from './classifying-head.js';
import { type DistillationLoss, hardDistillation } from './distillation-losses.js';
import type { Head } from './head.js';
import { type PixelNormalisation, requireNormalisation, type Teacher, teacherLogits } from './teacher.js';

/** What a head that learns from a teacher reads. */
export interface DistillationBatch extends ClassBatch {
  /** `[batch, height, width, channels] float32`, which the teacher sees as the student does. */
  readonly images: tf.Tensor4D;
}

/**
 * A classifier that learns from labels and from a teacher; predicts logits `[batch, classes] float32`.
 *
 * On a backbone that hands over a distilled vector (DeiT), the classifier of the pooled vector learns from the labels, that
 * of the distilled vector from the teacher, and the prediction is the mean of their logits. On any other backbone, one
 * classifier learns from both. In evaluation the teacher is not asked: loss and metrics are those of `classification`, whose
 * variables are the same.
 *
 * @param options.teacher a frozen classifier of the same classes, such as `predictor(backbone, head)`
 * @param options.loss how the teacher is learned from; `hardDistillation()` unless given
 * @param options.alpha share of the teacher in the loss, from 0 to 1; the labels have the rest; 0.5 unless given
 * @param options.normalisation of the images in the batches; needed where the teacher states its own
 * @param options.smoothing label smoothing while training, from 0 to 1; 0 unless given
 * @throws when the backbone pools nothing, `alpha` is no share, or the teacher wants other images
 * @source Touvron et al. 2021 (DeiT), section 4, and `losses.py`: `(1 - alpha) · labels + alpha · teacher`; Hinton et al. 2015
 * for one classifier
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { classification, distillation, predictor, trainingPass } from '@whereabouts/layers';
 * import { vit } from '@whereabouts/vit';
 *
 * const size = { imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 };
 * const known = vit(size);
 * const teacher = predictor(known, classification({ spec: known.spec, classes: 3 })); // trained before
 * const student = vit({ ...size, distillationToken: true, seed: 1 });
 * const head = distillation({ spec: student.spec, classes: 3, teacher });
 *
 * const batch = { images: tf.ones<tf.Rank.R4>([2, 8, 8, 3]), classes: tf.tensor1d([0, 2], 'int32') };
 * const pass = trainingPass({ seed: 0, step: 0 });
 * head.loss(student.apply(batch.images, pass), batch, pass).loss.shape; // => []
 * ```
 */
export function distillation(
  options: ClassifierOptions & {
    readonly teacher: Teacher;
    readonly loss?: DistillationLoss;
    readonly alpha?: number;
    readonly normalisation?: PixelNormalisation;
  },
): Head<DistillationBatch, tf.Tensor2D> {
  const { classes, teacher, loss = hardDistillation(), alpha = 0.5, smoothing = 0 } = options;
  if (!(alpha >= 0 && alpha <= 1))
    throw new Error(
      `alpha is ${alpha}, but is the teacher's share in the loss: from 0 to 1. DeiT uses 0.5 for hard distillation, 0.1 for soft.`,
    );
  requireNormalisation(teacher, options.normalisation);
  return classifyingHead<DistillationBatch>('distillation', options, (logits, batch) => {
    const labels = classLoss(logits[0] as tf.Tensor2D, batch, { smoothing });
    const taught = loss(logits.at(-1) as tf.Tensor2D, teacherLogits(teacher, batch.images, classes));
    return tf.add(tf.mul(labels, 1 - alpha), tf.mul(taught, alpha)) as tf.Scalar;
  });
}
