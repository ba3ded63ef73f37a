import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from './optimiser.js';
import type { OptimiserOptions } from './optimiser-options.js';
import {
  decayedPaths,
  decayScalar,
  decayScalars,
  perLearningRate,
  scalesOf,
  zerosFor,
} from './parameter-groups.js';

/**
 * AdamW with state by variable path, so that adding, freezing or reordering variables mixes nothing up.
 *
 * @param options.betas decay of the first and the second moment; 0.9 and 0.999 unless given
 * @param options.epsilon added to the root of the second moment; 1e-8 unless given
 * @param options.weightDecay 0.05 unless given
 * @source Loshchilov & Hutter 2019, as torch.optim.AdamW computes it; TensorFlow.js has none
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { adamW } from '@whereabouts/trainer';
 *
 * const optimiser = adamW({ variables: { weight: variable(tf.ones([2, 2])) } });
 * Object.keys(optimiser.state); // => ["moment1.weight", "moment2.weight"]
 * ```
 */
export function adamW(
  options: OptimiserOptions & { readonly betas?: readonly [number, number]; readonly epsilon?: number },
): Optimiser {
  const { variables, betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.05 } = options;
  const [beta1, beta2] = betas;
  const state = { ...zerosFor('moment1', options), ...zerosFor('moment2', options) };
  const isDecayed = decayedPaths(options);
  const scaleOf = scalesOf(options);

  return {
    state,
    scalars: (step) => ({
      'adamW.correction1': 1 - beta1 ** (step + 1),
      'adamW.correction2': Math.sqrt(1 - beta2 ** (step + 1)),
      ...decayScalars(weightDecay, step),
    }),
    update: (gradients, learningRate, scalars) =>
      tf.tidy(() => {
        // Made once: a number in an operation becomes a tensor each time.
        const [keep1, take1, keep2, take2] = [beta1, 1 - beta1, beta2, 1 - beta2].map((number) =>
          tf.scalar(number),
        ) as [tf.Scalar, tf.Scalar, tf.Scalar, tf.Scalar];
        const correction2 = scalars['adamW.correction2'] as tf.Scalar;
        // m / c1 / (√v / c2 + ε), with the corrections on the numbers: m · (c2 / c1) / (√v + ε · c2).
        const least = tf.mul(correction2, epsilon);
        const numbersOf = perLearningRate(learningRate, scaleOf, (rate) => ({
          size: tf.div(tf.mul(rate, correction2), scalars['adamW.correction1'] as tf.Scalar),
          share: tf.sub(1, tf.mul(rate, decayScalar(weightDecay, scalars))),
        }));
        for (const [path, gradient] of Object.entries(gradients)) {
          const value = variables[path] as tf.Variable;
          const moment1 = state[`moment1.${path}`] as tf.Variable;
          const moment2 = state[`moment2.${path}`] as tf.Variable;
          const { size, share } = numbersOf(path);
          moment1.assign(tf.add(tf.mul(moment1, keep1), tf.mul(gradient, take1)));
          moment2.assign(tf.add(tf.mul(moment2, keep2), tf.mul(tf.square(gradient), take2)));
          const change = tf.mul(tf.div(moment1, tf.add(tf.sqrt(moment2), least)), size);
          const decays = weightDecay !== 0 && isDecayed(path);
          value.assign(tf.sub(decays ? tf.mul(value, share) : value, change));
        }
      }),
  };
}
