import type { Schedule } from './schedule.js';

/**
 * A value that is multiplied by a factor at each of some steps.
 *
 * @param options.from the value at step 0
 * @param options.factor 0.1 unless given
 * @param options.at the steps, in any order; at such a step the new value holds already
 * @source as `torch.optim.lr_scheduler.MultiStepLR`; timm's `MultiStepLRScheduler` changes one step earlier
 * @example
 * ```ts
 * import { multistepSchedule } from '@whereabouts/trainer';
 *
 * [0, 29, 30, 60].map(multistepSchedule({ from: 1, factor: 0.5, at: [30, 60] })); // => [1, 1, 0.5, 0.25]
 * ```
 */
export function multistepSchedule(options: {
  readonly from: number;
  readonly factor?: number;
  readonly at: readonly number[];
}): Schedule {
  const { from, factor = 0.1, at } = options;
  return (step) => from * factor ** at.filter((change) => change <= step).length;
}
