import type { Schedule } from './schedule.js';

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
