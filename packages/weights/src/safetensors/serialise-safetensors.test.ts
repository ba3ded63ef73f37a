import { readFileSync } from 'node:fs';
import type { HostTensor } from '@whereabouts/layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHostTensors } from './host-conversion.js';
import { parseSafetensors } from './parse-safetensors.js';
import { serialiseSafetensors } from './serialise-safetensors.js';
import { type Dtype, dtypes, type StoredTensor, storedTensor } from './stored-tensor.js';

const shapes = fc.array(fc.nat(4), { maxLength: 5 });

const storedTensors: fc.Arbitrary<StoredTensor> = fc
  .tuple(fc.constantFrom(...(Object.keys(dtypes) as Dtype[])), shapes)
  .chain(([dtype, shape]) => {
    const length = shape.reduce((product, side) => product * side, dtypes[dtype].bytesPerValue);
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => storedTensor(dtype, shape, bytes));
  });

const names = fc.string({ unit: 'binary', maxLength: 12 });

const rawBytes = ({ values }: StoredTensor) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

test('stored tensors of every dtype and shape come back bit for bit, with their names and metadata', () => {
  fc.assert(
    fc.property(fc.dictionary(names, storedTensors), fc.dictionary(names, names), (tensors, metadata) => {
      const read = parseSafetensors(serialiseSafetensors(tensors, { metadata }));
      expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
      expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(tensors).sort());
      for (const [name, tensor] of Object.entries(tensors)) {
        const found = read.tensors[name] as StoredTensor;
        expect([found.dtype, found.shape]).toEqual([tensor.dtype, tensor.shape]);
        expect(rawBytes(found).equals(rawBytes(tensor))).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('host tensors come back bit for bit', () => {
  const hostTensors: fc.Arbitrary<HostTensor> = shapes.chain((shape) => {
    const length = shape.reduce((product, side) => product * side, 1);
    const size = { minLength: length, maxLength: length };
    return fc.oneof(
      fc.float32Array(size).map((values) => ({ shape, dtype: 'float32' as const, values })),
      fc.int32Array(size).map((values) => ({ shape, dtype: 'int32' as const, values })),
    );
  });
  fc.assert(
    fc.property(fc.dictionary(names, hostTensors), (tensors) => {
      const read = toHostTensors(parseSafetensors(serialiseSafetensors(tensors)).tensors);
      expect(Object.entries(read).sort()).toEqual(Object.entries(tensors).sort());
    }),
    { numRuns: 300 },
  );
});

test.each(['every-dtype', 'no-tensors', 'rounding'])(
  '%s is written with the bytes of the reference implementation',
  (name) => {
    const bytes = readFileSync(new URL(`../../fixtures/${name}.safetensors`, import.meta.url));
    const { metadata, tensors } = parseSafetensors(bytes);
    // The reference writes metadata in random order.
    const sorted = (file: Uint8Array) => {
      const end = 8 + Number(Buffer.from(file).readBigUInt64LE(0));
      const text = Buffer.from(file.subarray(8, end)).toString();
      const inner = /^\{"__metadata__":\{(.*?[^\\]")\},/s.exec(text)?.[1] ?? '';
      const ordered =
        inner
          .match(/"(?:[^"\\]|\\.)*":"(?:[^"\\]|\\.)*"/gs)
          ?.sort()
          .join() ?? '';
      return [file.subarray(0, 8), text.replace(inner, () => ordered), file.subarray(end)].map((part) =>
        Buffer.from(part).toString('latin1'),
      );
    };
    expect(sorted(serialiseSafetensors(tensors, { metadata }))).toEqual(sorted(bytes));
  },
);

test('tensors given in any order give the same bytes', () => {
  const { tensors } = parseSafetensors(
    readFileSync(new URL('../../fixtures/every-dtype.safetensors', import.meta.url)),
  );
  const bytes = Buffer.from(serialiseSafetensors(tensors));
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(tensors), { minLength: 22 }), (entries) => {
      expect(bytes.equals(serialiseSafetensors(Object.fromEntries(entries)))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('the data starts at a multiple of eight bytes, whatever the header', () => {
  for (let length = 0; length < 16; length += 1) {
    const values = Float32Array.of(1);
    const bytes = serialiseSafetensors({ ['x'.repeat(length)]: { shape: [1], dtype: 'float32', values } });
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    expect(bytes.byteLength % 8).toBe(4);
  }
});

test('dtype narrows float32 host tensors and leaves the others alone', () => {
  const bytes = serialiseSafetensors(
    {
      host: { shape: [1], dtype: 'float32', values: Float32Array.of(1.5) },
      integer: { shape: [1], dtype: 'int32', values: Int32Array.of(3) },
      stored: { shape: [1], dtype: 'F64', values: Float64Array.of(1 / 3) },
    },
    { dtype: 'F16' },
  );
  expect(parseSafetensors(bytes).tensors).toEqual({
    host: { shape: [1], dtype: 'F16', values: Uint16Array.of(0x3e00) },
    integer: { shape: [1], dtype: 'I32', values: Int32Array.of(3) },
    stored: { shape: [1], dtype: 'F64', values: Float64Array.of(1 / 3) },
  });
});

const float = (shape: readonly number[], ...values: number[]): HostTensor => ({
  shape,
  dtype: 'float32',
  values: Float32Array.from(values),
});

test.each<[string, () => Uint8Array, string]>([
  [
    'fewer values than its shape',
    () => serialiseSafetensors({ a: float([2, 2], 1) }),
    'The tensor "a" cannot be written: it has 1 values, expected 4 for [2,2]',
  ],
  [
    'a negative side',
    () => serialiseSafetensors({ a: float([-1], 1) }),
    'it has 1 values, expected a countable number for [-1]',
  ],
  [
    'the name of the metadata',
    () => serialiseSafetensors({ __metadata__: float([], 1) }),
    'the format keeps this name for itself',
  ],
  [
    'half a surrogate pair in its name',
    () => serialiseSafetensors({ '\ud800': float([], 1) }),
    'its name is no valid Unicode',
  ],
  [
    'a dtype of its own',
    () => serialiseSafetensors({ a: { ...float([], 1), dtype: 'float64' as 'float32' } }),
    'its dtype is float64, expected one of I64, F64',
  ],
  [
    'an array of another dtype',
    () => serialiseSafetensors({ a: { ...float([], 1), values: Int32Array.of(1) } }),
    'The tensor "a" is float32 but holds a Int32Array, expected a Float32Array',
  ],
  [
    'a stored array of another dtype',
    () =>
      serialiseSafetensors({
        a: { shape: [1], dtype: 'F16', values: Float32Array.of(1) } as unknown as StoredTensor,
      }),
    'it is F16 and holds a Float32Array, expected a Uint16Array',
  ],
  [
    'a value beyond F16',
    () => serialiseSafetensors({ a: float([2], 1, 70000) }, { dtype: 'F16' }),
    'The tensor "a" holds 70000 as value 1, which F16 cannot hold',
  ],
])('a tensor with %s is refused', (_, serialise, message) => {
  expect(serialise).toThrow(message);
});

test('metadata that are no strings are refused', () => {
  expect(() => serialiseSafetensors({}, { metadata: { step: 3 as unknown as string } })).toThrow(
    'The metadata hold 3 under "step", expected a valid string',
  );
  expect(() => serialiseSafetensors({}, { metadata: { 'a\ud83d': '\ude00' } })).toThrow(
    'expected a valid string',
  );
});
