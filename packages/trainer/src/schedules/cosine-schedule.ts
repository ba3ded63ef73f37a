import type { Schedule } from './schedule.js';
import { shareOf } from './share-of.js';

/**
 * Half a cosine from one value to another, which then stays.
 *
 * @param options.from the value at step 0
 * @param options.to the value at `steps` and after; 0 unless given
 * @param options.steps how many steps it takes
 * @throws when `steps` is not above 0
 * @source Loshchilov & Hutter 2017 without restarts; equal to timm's `CosineLRScheduler` of one cycle
 * @example
 * ```ts
 * import { cosineSchedule } from '@whereabouts/trainer';
 *
 * [0, 50, 100, 150].map(cosineSchedule({ from: 1, to: 0.5, steps: 100 })); // => [1, 0.75, 0.5, 0.5]
 * ```
 */
export function cosineSchedule(options: {
  readonly from: number;
  readonly to?: number;
  readonly steps: number;
}): Schedule {
  const { from, to = 0 } = options;
  const share = shareOf(options.steps);
  return (step) => to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share(step)));
}
