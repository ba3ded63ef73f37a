import { stream } from '@whereabouts/layers';

/** `[length]` int32: the numbers from 0 to `length - 1` in the random order of an epoch. */
export function epochOrder(length: number, seed: number, epoch: number): Int32Array {
  const random = stream(seed, 'order', epoch);
  const order = Int32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    const index = order[last] as number;
    order[last] = order[other] as number;
    order[other] = index;
  }
  return order;
}
