import * as tf from '@tensorflow/tfjs-core';
import { type Variables, variable } from '@whereabouts/layers';
import { learnedVariables } from './freeze.js';
import type { OptimiserOptions } from './optimisers/optimiser-options.js';

/** Moving averages of variables, which usually predict better than the variables themselves. */
export interface Ema {
  /** The averages, by the path of their variable; saved with a checkpoint. */
  readonly state: Variables;
  /** The share of the old average that stays, from 0 to 1, at a step counted from 0. */
  readonly decayAt: (step: number) => number;
  /** The numbers that `update` needs at a step counted from 0; inputs of the step. */
  readonly scalars: (step: number) => Readonly<Record<string, number>>;
  /** Moves the averages towards the variables; part of a step, after the optimiser. */
  readonly update: (scalars: Readonly<Record<string, tf.Scalar>>) => void;
  /** Exchanges the values of the variables with the averages; a second time puts them back, to the bit. */
  readonly exchange: () => void;
}

/**
 * An exponential moving average (EMA) of the weights, for `train`.
 *
 * The first update copies the weights, so first values and a long training with a short one behind it don't matter. With
 * warm-up the decay grows from 0 as `1 - (1 + step / gamma) ** -power` and stops at `decay`: averages are of use from the
 * first epoch on, and span ever more steps.
 *
 * @param options.variables what is averaged; frozen paths are left out, as they don't change
 * @param options.decay the share of the old average that stays in a step; 0.9999 unless given
 * @param options.minimumDecay the least decay of a warm-up; 0 unless given
 * @param options.updateAfter steps for which the average is a mere copy; 0 unless given
 * @param options.warmup gamma 1 and power 2/3 unless given; `false` for `decay` from the second step on
 * @source timm's `ModelEmaV3`, where warm-up is off unless asked for
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { ema } from '@whereabouts/trainer';
 *
 * const average = ema({ variables: { weight: variable(tf.ones([2])) }, decay: 0.9 });
 * [0, 1, 7, 1000].map((step) => Math.round(average.decayAt(step) * 100) / 100); // => [0, 0.37, 0.75, 0.9]
 * ```
 */
export function ema(
  options: Pick<OptimiserOptions, 'variables' | 'frozen'> & {
    readonly decay?: number;
    readonly minimumDecay?: number;
    readonly updateAfter?: number;
    readonly warmup?: { readonly gamma?: number; readonly power?: number } | false;
  },
): Ema {
  const { decay = 0.9999, minimumDecay = 0, updateAfter = 0, warmup = {} } = options;
  for (const [name, value] of Object.entries({ decay, minimumDecay }))
    if (!(value >= 0 && value < 1))
      throw new Error(
        `The ${name} of the EMA is ${value}, but is a share: from 0 up to but not including 1.`,
      );
  const averaged = Object.entries(learnedVariables(options));
  const state = Object.fromEntries(averaged.map(([path, value]) => [path, variable(tf.clone(value))]));
  const decayAt = (step: number) => {
    const counted = step - updateAfter;
    if (counted <= 0) return 0;
    if (warmup === false) return decay;
    const { gamma = 1, power = 2 / 3 } = warmup;
    return Math.max(Math.min(1 - (1 + counted / gamma) ** -power, decay), minimumDecay);
  };
  const each = (act: (value: tf.Variable, average: tf.Variable) => void) =>
    tf.tidy(() => {
      for (const [path, value] of averaged) act(value, state[path] as tf.Variable);
    });
  return {
    state,
    decayAt,
    scalars: (step) => ({ 'ema.share': 1 - decayAt(step) }),
    // Not `average · decay + value · share`: rounded, the two would not sum to 1, and the average would drift.
    update: (scalars) =>
      each((value, average) =>
        average.assign(tf.add(average, tf.mul(tf.sub(value, average), scalars['ema.share'] as tf.Scalar))),
      ),
    exchange: () =>
      each((value, average) => {
        const kept = tf.clone(value);
        value.assign(average);
        average.assign(kept);
      }),
  };
}
