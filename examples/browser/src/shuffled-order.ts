import { stream } from '@whereabouts/layers';

/** The numbers from 0 up to but not including `count` in an order that the seed decides: Fisher and Yates' shuffle. */
export function shuffledOrder(count: number, seed: number): number[] {
  const { integer } = stream(seed, 'shuffle');
  const order = [...Array(count).keys()];
  for (let last = count - 1; last > 0; last -= 1) {
    const other = integer(last + 1);
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}
