import type { Schedule } from './schedule.js';

/**
 * A value that is multiplied by a factor every so many steps.
 *
 * @param options.from the value at step 0
 * @param options.factor 0.1 unless given
 * @param options.every how many steps a value holds
 * @throws when `every` is not above 0
 * @source equal to timm's `StepLRScheduler`
 * @example
 * ```ts
 * import { stepSchedule } from '@whereabouts/trainer';
 *
 * [0, 29, 30, 60].map(stepSchedule({ from: 1, factor: 0.5, every: 30 })); // => [1, 1, 0.5, 0.25]
 * ```
 */
export function stepSchedule(options: {
  readonly from: number;
  readonly factor?: number;
  readonly every: number;
}): Schedule {
  const { from, factor = 0.1, every } = options;
  if (!(every > 0))
    throw new Error(`A value that changes every ${every} steps never holds; give a number of steps above 0.`);
  return (step) => from * factor ** Math.floor(step / every);
}
