import { polynomialSchedule } from './polynomial-schedule.js';
import type { Schedule } from './schedule.js';

/**
 * A straight line from one value to another, which then stays; up or down.
 *
 * @param options.from the value at step 0
 * @param options.to the value at `steps` and after; 0 unless given
 * @param options.steps how many steps it takes
 * @throws when `steps` is not above 0
 * @source timm's `PolyLRScheduler` with the power 1
 * @example
 * ```ts
 * import { linearSchedule } from '@whereabouts/trainer';
 *
 * [0, 50, 100, 150].map(linearSchedule({ from: 0, to: 0.5, steps: 100 })); // => [0, 0.25, 0.5, 0.5]
 * ```
 */
export function linearSchedule(options: {
  readonly from: number;
  readonly to?: number;
  readonly steps: number;
}): Schedule {
  return polynomialSchedule({ ...options, power: 1 });
}
