import type { Schedule } from './schedule.js';
import { shareOf } from './share-of.js';

/**
 * `to + (from - to) · (1 - step / steps) ** power`, then `to`.
 *
 * @param options.from the value at step 0
 * @param options.to the value at `steps` and after; 0 unless given
 * @param options.power above 1 for a fall that is steep at first, below 1 for one that is steep at last
 * @param options.steps how many steps it takes
 * @throws when `steps` or `power` is not above 0
 * @source equal to timm's `PolyLRScheduler` of one cycle
 * @example
 * ```ts
 * import { polynomialSchedule } from '@whereabouts/trainer';
 *
 * [0, 50, 100, 150].map(polynomialSchedule({ from: 1, power: 2, steps: 100 })); // => [1, 0.25, 0, 0]
 * ```
 */
export function polynomialSchedule(options: {
  readonly from: number;
  readonly to?: number;
  readonly power: number;
  readonly steps: number;
}): Schedule {
  const { from, to = 0, power } = options;
  if (!(power > 0)) throw new Error(`The power of a schedule is ${power}, but must be above 0; 1 is linear.`);
  const share = shareOf(options.steps);
  return (step) => to + (from - to) * (1 - share(step)) ** power;
}
