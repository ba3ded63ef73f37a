import type { Schedule } from './schedule.js';

/**
 * Puts a linear rise (or fall) before a schedule: from `from` at step 0 to the schedule's first value at `steps`.
 *
 * @param schedule what follows
 * @param options.steps how many steps the warm-up takes; 0 for none
 * @param options.from the value at step 0; 0 unless given
 * @param options.overlap whether the schedule runs on meanwhile, so that it goes on at its step `steps` instead of its
 *   step 0, and jumps there; false unless given
 * @throws when `steps` is below 0
 * @source timm's warm-up with `warmup_prefix`, or without it where `overlap`; timm's own scripts leave it out
 * @example
 * ```ts
 * import { constant, warmup } from '@whereabouts/trainer';
 *
 * [0, 5, 10, 100].map(warmup(constant(1), { steps: 10, from: 0.5 })); // => [0.5, 0.75, 1, 1]
 * ```
 */
export function warmup(
  schedule: Schedule,
  options: { readonly steps: number; readonly from?: number; readonly overlap?: boolean },
): Schedule {
  const { steps, from = 0, overlap = false } = options;
  if (!(steps >= 0)) throw new Error(`The warm-up is given ${steps} steps; give 0 for none.`);
  const peak = schedule(0);
  const shift = overlap ? 0 : steps;
  return (step) => (step < steps ? from + ((peak - from) * step) / steps : schedule(step - shift));
}
