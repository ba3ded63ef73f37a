import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Expects equal shapes and `max |actual - expected| <= tolerance * max(|expected|)`: an error relative to the largest
 * value, as rounding behaves in a sum of products. `floor` is the scale below which the error counts as absolute.
 */
export function expectClose(
  actual: Tensor,
  expected: { readonly shape: readonly number[]; readonly values: ArrayLike<number> },
  tolerance: number,
  floor = 1e-3,
): void {
  expect(actual.shape).toEqual(expected.shape);
  const values = actual.dataSync();
  let scale = floor;
  let worst = 0;
  for (let index = 0; index < values.length; index += 1) {
    const reference = expected.values[index] ?? Number.NaN;
    scale = Math.max(scale, Math.abs(reference));
    const difference = Math.abs((values[index] ?? Number.NaN) - reference);
    worst = Math.max(worst, difference); // NaN once, NaN for good
  }
  expect(worst / scale).toBeLessThanOrEqual(tolerance);
}
