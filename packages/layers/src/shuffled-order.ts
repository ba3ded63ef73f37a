import type { Stream } from './stream.js';

/**
 * The numbers from 0 to `length - 1` in random order, `[length] int32`, each order equally likely; draws `length - 1` numbers.
 *
 * @param random what decides the order
 * @source Fisher and Yates' shuffle, from the last place down
 * @example
 * ```ts
 * import { shuffledOrder, stream } from '@whereabouts/layers';
 *
 * Array.from(shuffledOrder(5, stream(1, 'order'))).sort(); // => [0, 1, 2, 3, 4]
 * ```
 */
export function shuffledOrder(length: number, random: Stream): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}
