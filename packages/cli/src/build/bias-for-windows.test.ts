import { expect, it } from 'vitest';
import { biasForWindows } from './bias-for-windows.js';

const table = (offsets: number) => ({
  ...{ shape: [offsets, 2], dtype: 'float32' as const },
  values: Float32Array.from({ length: 2 * offsets }, (_, index) => index),
});

it('fits biases to the windows of their stages, and leaves the rest', () => {
  const path = (stage: number) => `stages.${stage}.blocks.0.attention.relativePositionBias`;
  const weight = { shape: [4, 4], dtype: 'float32' as const, values: new Float32Array(16) };
  const windows = [
    { rows: 2, columns: 2 },
    { rows: 4, columns: 3 },
  ];
  const fitted = biasForWindows({ windows }, { [path(0)]: table(9), [path(1)]: table(9), weight });
  expect(fitted[path(0)]?.values).toEqual(table(9).values);
  expect(fitted[path(1)]?.shape).toEqual([7 * 5, 2]);
  expect(fitted.weight).toBe(weight);
});
