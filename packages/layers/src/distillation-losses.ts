import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import { operation } from './operation.js';

/**
 * How far a student's logits are from a teacher's: `[rows, classes] float32` both, to `[] float32`. Those of the teacher
 * get no gradient.
 */
export type DistillationLoss = (student: tf.Tensor2D, teacher: tf.Tensor2D) => tf.Scalar;

/**
 * Hard distillation: the mean cross-entropy of the student's logits against the class that the teacher finds likeliest.
 *
 * @source Touvron et al. 2021 (DeiT), equation 3 and `losses.py`
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { hardDistillation } from '@whereabouts/layers';
 *
 * const loss = hardDistillation()(tf.zeros([1, 4]), tf.tensor2d([[0, 5, 1, 2]]));
 * Math.abs(loss.dataSync()[0]! - Math.log(4)) < 1e-6; // => true
 * ```
 */
export function hardDistillation(): DistillationLoss {
  return (student, teacher) => crossEntropy(student, tf.argMax(teacher, -1) as tf.Tensor1D);
}

const divergence = operation((...inputs) => {
  const [student, teacher] = inputs.map((logits) => tf.logSoftmax(logits)) as [tf.Tensor, tf.Tensor];
  return {
    value: tf.sum(tf.mul(tf.exp(teacher), tf.sub(teacher, student))),
    saved: [student, teacher],
    gradient: (upstream, saved) => {
      const [student, teacher] = saved as [tf.Tensor, tf.Tensor];
      return [tf.mul(tf.sub(tf.exp(student), tf.exp(teacher)), upstream), tf.zerosLike(teacher)];
    },
  };
});

/**
 * Soft distillation: the Kullback-Leibler divergence of the student's distribution from the teacher's, both softened by a
 * temperature, times its square.
 *
 * @param options.temperature by which logits are divided, above 0; 3 unless given, as in the paper
 * @throws when that is not a number above 0
 * @source Hinton et al. 2015; Touvron et al. 2021 (DeiT), equation 2, and `losses.py`, which like this divides the sum by
 * rows times classes. The paper and timm divide by rows alone: for their number, multiply `alpha` accordingly
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { softDistillation } from '@whereabouts/layers';
 *
 * const logits = tf.tensor2d([[1, 2, 3]]);
 * softDistillation({ temperature: 3 })(logits, logits).dataSync()[0]; // => 0
 * ```
 */
export function softDistillation(options: { readonly temperature?: number } = {}): DistillationLoss {
  const { temperature = 3 } = options;
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw new Error(
      `A temperature softens distributions when it is above 1, and must be above 0; ${temperature} is not. DeiT uses 3.`,
    );
  return (student, teacher) => {
    const sum = divergence(tf.div(student, temperature), tf.div(teacher, temperature));
    return tf.mul(sum, temperature ** 2 / student.size) as tf.Scalar;
  };
}

/** The ways to learn from a teacher by the names that configurations use. */
export const distillationLosses: Readonly<
  Record<'hard' | 'soft', (options: { readonly temperature?: number }) => DistillationLoss>
> = { hard: hardDistillation, soft: softDistillation };
