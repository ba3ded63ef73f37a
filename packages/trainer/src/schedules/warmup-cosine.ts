import { cosineSchedule } from './cosine-schedule.js';
import type { Schedule } from './schedule.js';
import { warmup } from './warmup.js';

/**
 * Linear warm-up to `peak`, then half a cosine down to `minimum`, per step.
 *
 * @param options.peak the highest value, reached at `warmupSteps`
 * @param options.minimum the value at `steps`; 0 unless given
 * @param options.start the value at step 0 where there is a warm-up; 0 unless given
 * @param options.warmupSteps how many steps the rise takes; 0 unless given
 * @param options.steps of the whole training
 * @throws when the warm-up leaves no step for the cosine
 * @source Loshchilov & Hutter 2017; the formula of MAE's `lr_sched.py`, per step instead of per fraction of an epoch; equal
 * to timm's `CosineLRScheduler` with `warmup_prefix` and `steps - warmupSteps` for `t_initial`
 * @example
 * ```ts
 * import { warmupCosine } from '@whereabouts/trainer';
 *
 * const rate = warmupCosine({ peak: 1, warmupSteps: 10, steps: 110 });
 * [rate(0), rate(5), rate(10), rate(60)].map((value) => Math.round(value * 1000) / 1000); // => [0, 0.5, 1, 0.5]
 * ```
 */
export function warmupCosine(options: {
  readonly peak: number;
  readonly minimum?: number;
  readonly start?: number;
  readonly warmupSteps?: number;
  readonly steps: number;
}): Schedule {
  const { peak, minimum = 0, start = 0, warmupSteps = 0, steps } = options;
  if (warmupSteps >= steps)
    throw new Error(
      `The warm-up takes ${warmupSteps} steps, but the training has only ${steps}; shorten the warm-up.`,
    );
  const cosine = cosineSchedule({ from: peak, to: minimum, steps: steps - warmupSteps });
  return warmup(cosine, { steps: warmupSteps, from: start });
}
