import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSafetensors } from './parse-safetensors.js';
import { serialiseSafetensors } from './serialise-safetensors.js';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));

test('a file of the reference implementation opens with every dtype, shape, name, value and all metadata', () => {
  const { metadata, tensors } = parseSafetensors(fixture('every-dtype.safetensors'));
  const expected = JSON.parse(fixture('every-dtype.json').toString());
  expect(Object.entries(metadata).sort()).toEqual(Object.entries(expected.metadata).sort());
  const found = Object.entries(tensors).map(([name, { dtype, shape, values }]) => [
    name,
    { dtype, shape, hex: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex') },
  ]);
  expect(found.sort()).toEqual(Object.entries(expected.tensors).sort());
  expect(found).toHaveLength(22);
});

test('values are views of the bytes where these are aligned, and copies where they are not', () => {
  const bytes = serialiseSafetensors({ a: { shape: [2], dtype: 'float32', values: Float32Array.of(1, 2) } });
  const shifted = new Uint8Array(bytes.byteLength + 1);
  shifted.set(bytes, 1);
  expect(parseSafetensors(bytes).tensors.a?.values.buffer).toBe(bytes.buffer);
  const copied = parseSafetensors(shifted.subarray(1)).tensors.a?.values;
  expect(copied?.buffer).not.toBe(shifted.buffer);
  expect(copied).toEqual(Float32Array.of(1, 2));
  // A Buffer's `slice` would share memory, and then misalign.
  const buffer = Buffer.from(shifted.buffer, 1);
  expect(parseSafetensors(buffer).tensors.a?.values).toEqual(Float32Array.of(1, 2));
});

test('a tensor named __proto__ is a tensor like any other', () => {
  const { tensors, metadata } = parseSafetensors(fixture('every-dtype.safetensors'));
  const name = '__proto__';
  expect(tensors[name]).toEqual({ shape: [1], dtype: 'I32', values: Int32Array.of(1) });
  expect(metadata[name]).toBe('fine');
  expect(tensors.constructor).toEqual({ shape: [1], dtype: 'I32', values: Int32Array.of(2) });
  expect(tensors.toString).toBeUndefined();
  expect(({} as Record<string, unknown>).shape).toBeUndefined();
});

/** A file with this header and as many bytes of data. */
function file(header: string | object, dataBytes = 0, headerLength?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header), 'latin1');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(headerLength ?? BigInt(text.byteLength));
  return Buffer.concat([length, text, Buffer.alloc(dataBytes)]);
}

const tensor = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: offsets,
});

test.each<[string, Uint8Array, string[]]>([
  ['without tensors', file('{}'), []],
  ['with spaces after the header', file('{}      '), []],
  ['of rank 0', file({ a: tensor([], [0, 4]) }, 4), ['a']],
  [
    'empty, at either end and in between',
    file(
      {
        c: tensor([0], [8, 8]),
        b: tensor([1], [4, 8]),
        e: tensor([2, 0], [4, 4]),
        d: tensor([1], [0, 4]),
        a: tensor([0], [0, 0]),
      },
      8,
    ),
    ['a', 'd', 'e', 'b', 'c'],
  ],
  ['with an empty name', file({ '': tensor([1], [0, 4]) }, 4), ['']],
  [
    'whose header lists tensors in another order than the data',
    file({ b: tensor([1], [4, 8]), a: tensor([1], [0, 4]) }, 8),
    ['a', 'b'],
  ],
  ['with a large empty shape', file({ a: tensor([0, 2 ** 40, 2 ** 40], [0, 0]) }), ['a']],
])('a file %s is read', (_, bytes, names) => {
  expect(Object.keys(parseSafetensors(bytes).tensors)).toEqual(names);
});

const one = '"dtype":"F32","shape":[1],"data_offsets":[0,4]';

test.each<[string, Uint8Array, string]>([
  [
    'shorter than a length',
    Buffer.from('1234567'),
    'it has 7 bytes, and the length of the header alone takes 8',
  ],
  [
    'with a header above 100 MB',
    file('{}', 0, 100_000_001n),
    'announces a header of 100000001 bytes, and at most 100000000',
  ],
  [
    'with a header length beyond 2^53',
    file('{}', 0, 2n ** 64n - 1n),
    'announces a header of 18446744073709551615 bytes',
  ],
  [
    'that ends within its header',
    file('{}', 0, 100n),
    'model is cut short: its header should end at byte 108, and the file has 10 bytes',
  ],
  ['with an empty header', file(''), 'begins with byte nothing, expected 123'],
  ['with a space before its header', file(' {}'), 'begins with byte 32, expected 123'],
  ['whose header is a list', file('[]'), 'begins with byte 91, expected 123'],
  ['whose header is no UTF-8', file(`{"\xff":{${one}}}`, 4), 'The header of model is damaged'],
  ['whose header is no JSON', file('{"a":}'), 'The header of model is damaged'],
  ['with something after its header', file('{}x'), 'The header of model is damaged'],
  ['with zeros after its header', file('{}\0\0'), 'The header of model is damaged'],
  ['with a tensor twice', file(`{"a":{${one}},"a":{${one}}}`, 4), 'the key "a" stands there twice'],
  [
    'with metadata twice',
    file('{"__metadata__":{},"__metadata__":{}}'),
    'the key "__metadata__" stands there twice',
  ],
  [
    'with a key of metadata twice',
    file('{"__metadata__":{"a":"b","a":"b"}}'),
    'the key "a" stands there twice',
  ],
  ['with a field twice', file(`{"a":{"dtype":"F32",${one}}}`, 4), 'the key "dtype" stands there twice'],
  [
    'with null metadata',
    file('{"__metadata__":null}'),
    '__metadata__ is null, expected an object of strings',
  ],
  [
    'with a list of metadata',
    file('{"__metadata__":["a"]}'),
    '__metadata__ is ["a"], expected an object of strings',
  ],
  [
    'with a number in its metadata',
    file('{"__metadata__":{"a":1}}'),
    '__metadata__ holds 1 under "a", expected an object of strings',
  ],
  ['with a tensor that is a number', file('{"a":1}'), 'the tensor "a" is 1, expected an object'],
  [
    'with an unknown field',
    file({ a: { ...tensor([1], [0, 4]), scale: 2 } }, 4),
    'the tensor "a" has scale besides dtype, shape and data_offsets',
  ],
  [
    'with a field named __proto__',
    file(`{"a":{${one},"__proto__":{}}}`, 4),
    'the tensor "a" has __proto__ besides',
  ],
  [
    'without a dtype',
    file('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4),
    'the tensor "a" has the dtype undefined',
  ],
  [
    'with an unknown dtype',
    file({ a: tensor([1], [0, 1], 'F8_E4M3') }, 1),
    'the tensor "a" has the dtype "F8_E4M3"; this package reads I64, F64, F32, I32, BF16, F16, U8, BOOL',
  ],
  ['with a dtype in lower case', file({ a: tensor([1], [0, 4], 'f32') }, 4), 'the dtype "f32"'],
  [
    'with a dtype that objects have',
    file({ a: tensor([1], [0, 4], 'constructor') }, 4),
    'the dtype "constructor"',
  ],
  ['with a dtype that is a number', file({ a: tensor([1], [0, 4], 32) }, 4), 'the dtype 32'],
  [
    'without a shape',
    file('{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4),
    'has the shape undefined, expected a list of whole numbers',
  ],
  ['with a shape that is a number', file({ a: tensor(1, [0, 4]) }, 4), 'has the shape 1, expected a list'],
  ['with a string in a shape', file({ a: tensor(['1'], [0, 4]) }, 4), 'has the shape ["1"], expected a list'],
  ['with null in a shape', file({ a: tensor([null], [0, 4]) }, 4), 'has the shape [null], expected a list'],
  ['with a negative side', file({ a: tensor([-1], [0, 4]) }, 4), 'the number -1 is no plain whole number'],
  [
    'with 1.0 as a side',
    file('{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', 4),
    'the number 1.0 is no plain whole number',
  ],
  [
    'with a side beyond 2^53',
    file({ a: tensor([2 ** 53], [0, 4]) }, 4),
    'has the shape [9007199254740992], expected',
  ],
  [
    'with more values than can be counted',
    file({ a: tensor([2 ** 40, 2 ** 40, 0], [0, 0]) }),
    'has the shape [1099511627776,1099511627776,0], expected',
  ],
  [
    'without offsets',
    file('{"a":{"dtype":"F32","shape":[1]}}', 4),
    'has the offsets undefined, expected a beginning and an end',
  ],
  ['with three offsets', file({ a: tensor([1], [0, 4, 8]) }, 4), 'has the offsets [0,4,8], expected'],
  ['with offsets in reverse', file({ a: tensor([0], [4, 0]) }, 4), 'has the offsets [4,0], expected'],
  ['with a string as an offset', file({ a: tensor([1], ['0', 4]) }, 4), 'has the offsets ["0",4], expected'],
  [
    'with fewer bytes than the shape says',
    file({ a: tensor([2, 3], [0, 20]) }, 20),
    'the tensor "a" lies in 20 bytes (0 to 20), expected 24 for F32 [2,3]',
  ],
  [
    'with more bytes than the dtype says',
    file({ a: tensor([1], [0, 4], 'F16') }, 4),
    'lies in 4 bytes (0 to 4), expected 2 for F16 [1]',
  ],
  [
    'with a hole at the beginning',
    file({ a: tensor([1], [4, 8]) }, 8),
    'the tensor "a" leaves a hole: it begins at byte 4 of the data, expected 0',
  ],
  [
    'with a hole in between',
    file({ a: tensor([1], [0, 4]), b: tensor([1], [5, 9]) }, 9),
    'the tensor "b" leaves a hole: it begins at byte 5 of the data, expected 4',
  ],
  [
    'with an overlap',
    file({ a: tensor([1], [0, 4]), b: tensor([1], [2, 6]) }, 6),
    'the tensor "b" overlaps the tensor before it: it begins at byte 2 of the data, expected 4',
  ],
  [
    'with two tensors in one place',
    file({ a: tensor([1], [0, 4]), b: tensor([1], [0, 4]) }, 4),
    'overlaps the tensor before it',
  ],
  [
    'with an empty tensor inside another',
    file({ a: tensor([1], [0, 4]), b: tensor([0], [2, 2]) }, 4),
    'the tensor "b" overlaps',
  ],
  [
    'cut short',
    file({ a: tensor([100], [0, 400]) }, 399),
    'is cut short: its header promises 466 bytes, and it has 465, 1 too few',
  ],
  [
    'with bytes after its last tensor',
    file({ a: tensor([1], [0, 4]) }, 7),
    'goes on after its last tensor: its header promises 66 bytes, and it has 69, 3 too many',
  ],
  ['without tensors and with data', file('{}', 5), 'its header promises 10 bytes, and it has 15, 5 too many'],
])('a file %s is refused', (_, bytes, message) => {
  expect(() => parseSafetensors(bytes, { file: 'model' })).toThrow(message);
  expect(() => parseSafetensors(bytes, { file: 'model' })).toThrow('model');
});

test('a file that lacks its end is refused wherever it is cut', () => {
  const bytes = fixture('every-dtype.safetensors');
  for (let length = 0; length < bytes.byteLength; length += 1)
    expect(() => parseSafetensors(bytes.subarray(0, length))).toThrow(
      /This data is (cut short|no safetensors file)/,
    );
  expect(() => parseSafetensors(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(
    'goes on after its last tensor',
  );
});

test('a damaged byte before the data is refused with a sentence, or leaves every byte of data accounted for', () => {
  const bytes = Uint8Array.from(fixture('every-dtype.safetensors'));
  const dataStart = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const dataBytes = bytes.byteLength - dataStart;
  fc.assert(
    fc.property(fc.nat(dataStart - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ change;
      let total = dataBytes;
      try {
        const { tensors } = parseSafetensors(damaged);
        total = Object.values(tensors).reduce((sum, { values }) => sum + values.byteLength, 0);
      } catch (error) {
        expect((error as Error).message).toMatch(/^(The header of this data|This data)/i);
      }
      expect(total).toBe(dataBytes);
    }),
    { numRuns: 3000 },
  );
});
