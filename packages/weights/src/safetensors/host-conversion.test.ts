import { expect, test } from 'vitest';
import { toHostTensor, toHostTensors } from './host-conversion.js';
import type { StoredTensor } from './stored-tensor.js';

test.each<[StoredTensor, Float32Array | Int32Array]>([
  [{ shape: [2], dtype: 'F32', values: Float32Array.of(1, Number.NaN) }, Float32Array.of(1, Number.NaN)],
  [
    { shape: [2], dtype: 'F64', values: Float64Array.of(1 / 3, -1e-300) },
    Float32Array.of(Math.fround(1 / 3), -0),
  ],
  [
    { shape: [2], dtype: 'F64', values: Float64Array.of(Number.NEGATIVE_INFINITY, Number.NaN) },
    Float32Array.of(Number.NEGATIVE_INFINITY, Number.NaN),
  ],
  [{ shape: [2], dtype: 'F16', values: Uint16Array.of(0x3c00, 0x8001) }, Float32Array.of(1, -(2 ** -24))],
  [
    { shape: [2], dtype: 'BF16', values: Uint16Array.of(0x3f80, 0xff80) },
    Float32Array.of(1, Number.NEGATIVE_INFINITY),
  ],
  [{ shape: [2], dtype: 'I32', values: Int32Array.of(-5, 5) }, Int32Array.of(-5, 5)],
  [
    { shape: [3], dtype: 'I64', values: BigInt64Array.of(-(2n ** 31n), -1n, 2n ** 31n - 1n) },
    Int32Array.of(-(2 ** 31), -1, 2 ** 31 - 1),
  ],
  [{ shape: [2], dtype: 'U8', values: Uint8Array.of(0, 255) }, Int32Array.of(0, 255)],
  [{ shape: [2], dtype: 'BOOL', values: Uint8Array.of(0, 1) }, Int32Array.of(0, 1)],
])('$dtype becomes what an engine takes', (stored, values) => {
  const dtype = values instanceof Int32Array ? 'int32' : 'float32';
  expect(toHostTensor(stored)).toEqual({ shape: stored.shape, dtype, values });
});

test('F32 and I32 share their values', () => {
  const stored = { shape: [1], dtype: 'F32', values: Float32Array.of(1) } as const;
  expect(toHostTensor(stored).values).toBe(stored.values);
});

test.each<[StoredTensor, string]>([
  [
    { shape: [2], dtype: 'I64', values: BigInt64Array.of(0n, 2n ** 31n) },
    'The tensor "a" (I64) holds 2147483648 as value 1, which int32 cannot hold',
  ],
  [{ shape: [1], dtype: 'I64', values: BigInt64Array.of(-(2n ** 31n) - 1n) }, 'holds -2147483649 as value 0'],
  [{ shape: [1], dtype: 'I64', values: BigInt64Array.of(2n ** 32n) }, 'holds 4294967296 as value 0'],
  [
    { shape: [2], dtype: 'F64', values: Float64Array.of(0, 1e300) },
    'The tensor "a" (F64) holds 1e+300 as value 1, which float32 cannot hold',
  ],
  [
    { shape: [1], dtype: 'BOOL', values: Uint8Array.of(2) },
    'The tensor "a" (BOOL) holds 2 as value 0, which a truth value cannot hold',
  ],
])('a value that does not fit is refused by name: $dtype', (stored, message) => {
  expect(() => toHostTensors({ a: stored })).toThrow(message);
});
