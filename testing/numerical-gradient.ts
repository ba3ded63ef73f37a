import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Expects the gradient of a scalar function at `point` to equal central finite differences in every coordinate,
 * to `tolerance` relative to the largest gradient. `step` suits float32 and values of order one.
 */
export function expectGradientOfDifferences(
  scalarFunction: (point: tf.Tensor) => tf.Scalar,
  point: tf.Tensor,
  { step = 1e-2, tolerance = 5e-3 }: { step?: number; tolerance?: number } = {},
): void {
  const gradient = tf.grad(scalarFunction)(point).dataSync();
  const values = Float32Array.from(point.dataSync());
  let scale = 1e-3;
  let worst = 0;
  for (let index = 0; index < values.length; index += 1) {
    const at = (offset: number): number =>
      tf.tidy(() => {
        const moved = Float32Array.from(values);
        moved[index] = (values[index] ?? 0) + offset;
        return scalarFunction(tf.tensor(moved, point.shape)).dataSync()[0] ?? Number.NaN;
      });
    const difference = (at(step) - at(-step)) / (2 * step);
    scale = Math.max(scale, Math.abs(difference));
    worst = Math.max(worst, Math.abs(difference - (gradient[index] ?? Number.NaN)));
  }
  expect(worst / scale).toBeLessThanOrEqual(tolerance);
}
