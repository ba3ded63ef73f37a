import * as tf from '@tensorflow/tfjs-core';
import { type Variables, variable } from '@whereabouts/layers';
import type { Optimiser } from './optimiser.js';

/**
 * AdamW with state by variable path, so that adding, freezing or reordering variables mixes nothing up.
 *
 * @param options.variables what it may change, by path
 * @param options.betas decay of the first and the second moment; 0.9 and 0.999 unless given
 * @param options.epsilon added to the root of the second moment; 1e-8 unless given
 * @param options.weightDecay per step, times the learning rate; 0.05 unless given
 * @param options.undecayed paths that decay leaves alone; vectors and scalars are always left alone
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
export function adamW(options: {
  readonly variables: Variables;
  readonly betas?: readonly [number, number];
  readonly epsilon?: number;
  readonly weightDecay?: number;
  readonly undecayed?: readonly string[];
}): Optimiser {
  const { variables, betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.05, undecayed = [] } = options;
  const [beta1, beta2] = betas;
  const moments = (name: string) =>
    Object.fromEntries(
      Object.entries(variables).map(([path, { shape }]) => [`${name}.${path}`, variable(tf.zeros(shape))]),
    );
  const state = { ...moments('moment1'), ...moments('moment2') };
  const decayOf = (path: string) =>
    (variables[path]?.rank ?? 0) < 2 || undecayed.includes(path) ? 0 : weightDecay;

  return {
    state,
    scalars: (step) => ({
      'adamW.correction1': 1 - beta1 ** (step + 1),
      'adamW.correction2': Math.sqrt(1 - beta2 ** (step + 1)),
    }),
    update: (gradients, learningRate, scalars) =>
      tf.tidy(() => {
        const size = tf.div(learningRate, scalars['adamW.correction1'] as tf.Scalar);
        for (const [path, gradient] of Object.entries(gradients)) {
          const value = variables[path] as tf.Variable;
          const moment1 = state[`moment1.${path}`] as tf.Variable;
          const moment2 = state[`moment2.${path}`] as tf.Variable;
          moment1.assign(tf.add(tf.mul(moment1, beta1), tf.mul(gradient, 1 - beta1)));
          moment2.assign(tf.add(tf.mul(moment2, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
          const root = tf.div(tf.sqrt(moment2), scalars['adamW.correction2'] as tf.Scalar);
          const change = tf.mul(tf.div(moment1, tf.add(root, epsilon)), size);
          const decay = decayOf(path);
          const kept = decay === 0 ? value : tf.mul(value, tf.sub(1, tf.mul(learningRate, decay)));
          value.assign(tf.sub(kept, change));
        }
      }),
  };
}
