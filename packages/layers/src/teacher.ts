import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from './layer.js';
import { operation } from './operation.js';
import { evaluationPass } from './pass.js';

/** How pixels were brought to mean 0 and deviation 1: one number per channel, of values from 0 to 1. */
export interface PixelNormalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * A classifier that another one learns from: images `[batch, height, width, channels] float32` to logits
 * `[batch, classes] float32`. It always runs as in evaluation, and its variables stay as they are: it gets no gradient, and
 * is in no checkpoint of the student.
 */
export interface Teacher extends Layer<tf.Tensor4D, tf.Tensor2D> {
  /** The size of the images that it was made for, in pixels; absent: it takes any, or says so itself. */
  readonly imageSize?: { readonly height: number; readonly width: number };
  /** How the images that it was trained on were normalised; absent: as the student's. */
  readonly normalisation?: PixelNormalisation;
}

/**
 * Sees that a teacher and a student read the same numbers.
 *
 * @throws when the teacher states a normalisation, and the student's is another or isn't known
 */
export function requireNormalisation(teacher: Teacher, student: PixelNormalisation | undefined): void {
  const wanted = teacher.normalisation;
  if (wanted === undefined) return;
  const expected = `The teacher takes images with ${inWords(wanted)}`;
  if (student === undefined)
    throw new Error(
      `${expected}; say as \`normalisation\` how the images of the batches are normalised, so that the two can be compared.`,
    );
  if (inWords(wanted) !== inWords(student))
    throw new Error(
      `${expected}, but those of the batches have ${inWords(student)}. Normalise them as the teacher wants, or give a ` +
        'teacher whose apply brings them there first.',
    );
}

const inWords = ({ mean, deviation }: PixelNormalisation) =>
  `mean ${mean.join(', ')} and deviation ${deviation.join(', ')}`;

/**
 * What a teacher says of images: `[batch, classes] float32`, without a gradient, as in evaluation.
 *
 * @throws when the images are of another size than the teacher states, or it tells other classes apart than the student
 */
export function teacherLogits(teacher: Teacher, images: tf.Tensor4D, classes: number): tf.Tensor2D {
  const [batch, height, width] = images.shape;
  const { imageSize } = teacher;
  if (imageSize !== undefined && (imageSize.height !== height || imageSize.width !== width))
    throw new Error(
      `The images are ${height} x ${width} px (height x width), but the teacher was made for ` +
        `${imageSize.height} x ${imageSize.width} px. Give both models images of one size, or a teacher whose apply resizes them first.`,
    );
  const ask = operation((given) => ({
    value: teacher.apply(given as tf.Tensor4D, evaluationPass()),
    saved: [],
    gradient: () => [tf.zeros(given.shape)],
  }));
  const logits = ask(images) as tf.Tensor2D;
  if (logits.shape.join() !== [batch, classes].join())
    throw new Error(
      `The teacher made [${logits.shape}] of ${batch} images, but the student tells ${classes} classes apart, so logits ` +
        `of shape [${batch},${classes}] were expected. Train both on the same classes.`,
    );
  return logits;
}
