import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeatedOrder } from './repeated-order.js';

// The same as list(RepeatAugSampler(range(7), 1, 0, shuffle=False, num_repeats=3, selected_round=0)) of timm 1.0.29.
it('repeats each example in a row and keeps the length', () => {
  expect(Array.from(repeatedOrder(Int32Array.of(0, 1, 2, 3, 4, 5, 6), 3))).toEqual([0, 0, 0, 1, 1, 1, 2]);
});

it('takes the examples in their order, each as often', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 50 }), fc.integer({ min: 1, max: 9 }), (order, repeats) => {
      const everything = order.flatMap((index) => new Array<number>(repeats).fill(index));
      expect(Array.from(repeatedOrder(Int32Array.from(order), repeats))).toEqual(
        everything.slice(0, order.length),
      );
    }),
  );
});
