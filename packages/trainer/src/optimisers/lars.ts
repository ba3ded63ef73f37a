import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from './optimiser.js';
import type { OptimiserOptions } from './optimiser-options.js';
import { decayedPaths, decayScalar, decayScalars } from './parameter-groups.js';
import { sgd } from './sgd.js';

/**
 * LARS: gradient descent with momentum whose steps are a share of each matrix's own length, for large batches.
 *
 * @param options.momentum as in `sgd`; 0.9 unless given
 * @param options.nesterov as in `sgd`; false unless given
 * @param options.weightDecay added to the gradient before it is adapted; 0 unless given
 * @param options.trustCoefficient the length of a step as a share of the length of the value, times the learning rate;
 *   0.001 unless given
 * @param options.epsilon added to the length that is divided by; 1e-8 unless given
 * @source You, Gitman & Ginsburg 2017, as timm's `Lars` computes it. What weight decay leaves alone (vectors, `undecayed`) is
 * not adapted. With weight decay 0 matrices are adapted all the same, as MAE's linear probe needs it (timm:
 * `always_adapt`, which adapts vectors too)
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { lars } from '@whereabouts/trainer';
 *
 * const variables = { weight: variable(tf.tensor2d([[3, 4]])) };
 * const optimiser = lars({ variables, trustCoefficient: 0.1 });
 * optimiser.update({ weight: tf.tensor2d([[0, 1000]]) }, tf.scalar(1), {});
 * Array.from(variables.weight.dataSync()); // => [3, 3.5]
 * ```
 */
export function lars(
  options: OptimiserOptions & {
    readonly momentum?: number;
    readonly nesterov?: boolean;
    readonly trustCoefficient?: number;
    readonly epsilon?: number;
  },
): Optimiser {
  const { variables, weightDecay = 0, trustCoefficient = 0.001, epsilon = 1e-8 } = options;
  const isAdapted = decayedPaths(options);
  const descent = sgd({ ...options, weightDecay: 0 }); // decay comes before the length is adapted
  return {
    state: descent.state,
    scalars: (step) => decayScalars(weightDecay, step),
    update: (gradients, learningRate, scalars) =>
      tf.tidy(() => {
        const decay = decayScalar(weightDecay, scalars);
        const adapt = (gradient: tf.Tensor, value: tf.Tensor): tf.Tensor => {
          const [length, steepness] = [tf.norm(value), tf.norm(gradient)];
          const least = tf.add(tf.add(steepness, tf.mul(length, decay)), epsilon);
          const ratio = tf.div(tf.mul(length, trustCoefficient), least);
          const bothAreThere = tf.greater(tf.mul(length, steepness), 0);
          const pull = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(value, decay));
          return tf.mul(pull, tf.where(bothAreThere, ratio, tf.onesLike(ratio)));
        };
        const adapted = Object.entries(gradients).map(([path, gradient]) => [
          path,
          isAdapted(path) ? adapt(gradient, variables[path] as tf.Variable) : gradient,
        ]);
        descent.update(Object.fromEntries(adapted), learningRate, scalars);
      }),
  };
}
