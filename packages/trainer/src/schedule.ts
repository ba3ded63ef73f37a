/** A number that changes during training, by step counted from 0. */
export type Schedule = (step: number) => number;

/**
 * The same number at every step.
 *
 * @example
 * ```ts
 * import { constant } from '@whereabouts/trainer';
 *
 * constant(0.5)(1000); // => 0.5
 * ```
 */
export function constant(value: number): Schedule {
  return () => value;
}

/**
 * Linear warm-up from 0 to `peak`, then half a cosine down to `minimum`, per step.
 *
 * @param options.peak the highest value, reached at `warmupSteps`
 * @param options.minimum the value at `steps`; 0 unless given
 * @param options.warmupSteps how many steps the rise takes; 0 unless given
 * @param options.steps of the whole training
 * @throws when the warm-up leaves no step for the cosine
 * @source Loshchilov & Hutter 2017; the formula of MAE's `lr_sched.py`, per step instead of per fraction of an epoch
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
  readonly warmupSteps?: number;
  readonly steps: number;
}): Schedule {
  const { peak, minimum = 0, warmupSteps = 0, steps } = options;
  if (warmupSteps >= steps)
    throw new Error(
      `The warm-up takes ${warmupSteps} steps, but the training has only ${steps}; shorten the warm-up.`,
    );
  return (step) => {
    if (step < warmupSteps) return (peak * step) / warmupSteps;
    const progress = Math.min(1, (step - warmupSteps) / (steps - warmupSteps));
    return minimum + ((peak - minimum) / 2) * (1 + Math.cos(Math.PI * progress));
  };
}
