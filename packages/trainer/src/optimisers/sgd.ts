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
 * Stochastic gradient descent with momentum, state by variable path.
 *
 * @param options.momentum share of the last change that goes on; 0.9 unless given, 0 for none and then no state
 * @param options.nesterov whether the gradient counts as if the step had been taken already; false unless given
 * @param options.weightDecay added to the gradient as a share of the value, so it goes through the momentum; 0 unless given
 * @throws when `nesterov` is asked for without momentum
 * @source torch.optim.SGD without dampening. Weight decay leaves vectors and `undecayed` paths alone, which PyTorch leaves
 * to parameter groups
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { sgd } from '@whereabouts/trainer';
 *
 * const variables = { weight: variable(tf.scalar(1)) };
 * const optimiser = sgd({ variables, momentum: 0.9 });
 * optimiser.update({ weight: tf.scalar(2) }, tf.scalar(0.25), {});
 * variables.weight.dataSync()[0]; // => 0.5
 * ```
 */
export function sgd(
  options: OptimiserOptions & { readonly momentum?: number; readonly nesterov?: boolean },
): Optimiser {
  const { variables, momentum = 0.9, nesterov = false, weightDecay = 0 } = options;
  if (nesterov && momentum === 0)
    throw new Error("Nesterov's momentum was asked for with momentum 0; give momentum, 0.9 is usual.");
  const state = momentum === 0 ? {} : zerosFor('momentum', options);
  const isDecayed = decayedPaths(options);
  const scaleOf = scalesOf(options);

  return {
    state,
    scalars: (step) => decayScalars(weightDecay, step),
    update: (gradients, learningRate, scalars) =>
      tf.tidy(() => {
        const rateOf = perLearningRate(learningRate, scaleOf, (rate) => rate);
        const decay = decayScalar(weightDecay, scalars);
        for (const [path, gradient] of Object.entries(gradients)) {
          const value = variables[path] as tf.Variable;
          const decays = weightDecay !== 0 && isDecayed(path);
          const pull = decays ? tf.add(gradient, tf.mul(value, decay)) : gradient;
          value.assign(tf.sub(value, tf.mul(withMomentum(pull, path), rateOf(path))));
        }
      }),
  };

  function withMomentum(pull: tf.Tensor, path: string): tf.Tensor {
    const past = state[`momentum.${path}`];
    if (past === undefined) return pull;
    past.assign(tf.add(tf.mul(past, momentum), pull));
    return nesterov ? tf.add(pull, tf.mul(past, momentum)) : past;
  }
}
