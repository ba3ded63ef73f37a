import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHostTensor } from './host-conversion.js';
import { toStoredTensor } from './stored-conversion.js';
import type { Dtype } from './stored-tensor.js';

test('what every dtype holds comes back from it', () => {
  const integers = (dtype: Dtype, min: number, max: number) =>
    fc.tuple(
      fc.constant(dtype),
      fc.array(fc.integer({ min, max })).map((list) => Int32Array.from(list)),
    );
  const floats = (dtype: Dtype, unit: number) =>
    fc.tuple(
      fc.constant(dtype),
      fc
        .array(fc.integer({ min: -128, max: 128 }))
        .map((list) => Float32Array.from(list, (value) => value * unit)),
    );
  const cases = fc.oneof(
    integers('I32', -(2 ** 31), 2 ** 31 - 1),
    integers('I64', -(2 ** 31), 2 ** 31 - 1),
    integers('U8', 0, 255),
    integers('BOOL', 0, 1),
    fc.tuple(fc.constant<Dtype>('F32'), fc.float32Array()),
    fc.tuple(fc.constant<Dtype>('F64'), fc.float32Array()),
    floats('F16', 2 ** -24),
    floats('F16', 2 ** 8),
    floats('BF16', 2 ** -133),
    floats('BF16', 2 ** 120),
  );
  fc.assert(
    fc.property(cases, ([dtype, values]) => {
      const host = {
        shape: [values.length],
        dtype: values instanceof Int32Array ? ('int32' as const) : ('float32' as const),
        values,
      };
      const stored = toStoredTensor(host, { dtype });
      expect(stored.dtype).toBe(dtype);
      expect(toHostTensor(stored)).toEqual(host);
    }),
    { numRuns: 500 },
  );
});

test('infinities and NaN are no overflow', () => {
  const values = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);
  for (const dtype of ['F16', 'BF16'] as const)
    expect(toHostTensor(toStoredTensor({ shape: [3], dtype: 'float32', values }, { dtype })).values).toEqual(
      values,
    );
});

test.each<[number, Dtype]>([
  [65520, 'F16'],
  [-1e30, 'F16'],
  [3.4e38, 'BF16'],
  [256, 'U8'],
  [-1, 'U8'],
  [2, 'BOOL'],
])('%d is refused by name as %s', (value, dtype) => {
  const values = dtype.endsWith('16') ? Float32Array.of(0, value) : Int32Array.of(0, value);
  const host = {
    shape: [2],
    dtype: dtype.endsWith('16') ? ('float32' as const) : ('int32' as const),
    values,
  };
  expect(() => toStoredTensor(host, { dtype, name: 'a' })).toThrow(
    `The tensor "a" holds ${values[1]} as value 1, which ${dtype} cannot hold.`,
  );
});

test('the largest halves are held, and what rounds to them', () => {
  const values = Float32Array.of(65504, 65519, -65519);
  expect(toStoredTensor({ shape: [3], dtype: 'float32', values }, { dtype: 'F16' }).values).toEqual(
    Uint16Array.of(0x7bff, 0x7bff, 0xfbff),
  );
});

test('floats do not become integers, nor integers floats', () => {
  expect(() =>
    toStoredTensor({ shape: [1], dtype: 'float32', values: Float32Array.of(1) }, { dtype: 'I64' }),
  ).toThrow('is float32, which cannot be stored as I64; it can as F32, F64, F16, BF16.');
  expect(() =>
    toStoredTensor({ shape: [1], dtype: 'int32', values: Int32Array.of(1) }, { dtype: 'F16' }),
  ).toThrow('is int32, which cannot be stored as F16; it can as I32, I64, U8, BOOL.');
});
