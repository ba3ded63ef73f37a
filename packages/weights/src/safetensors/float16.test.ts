import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeFloat16, encodeFloat16 } from './float16.js';
import { parseSafetensors } from './parse-safetensors.js';
import type { StoredTensor } from './stored-tensor.js';

const everyHalf = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);

test('every half decodes to the value that IEEE 754 gives it', () => {
  const expected = Float32Array.from(everyHalf, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
  const found = decodeFloat16(everyHalf);
  expect(found.findIndex((value, index) => !Object.is(value, expected[index]))).toBe(-1);
});

test('every half survives decoding and encoding; a NaN stays a NaN with its sign and payload', () => {
  const isSignalling = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
  const expected = everyHalf.map((bits) => (isSignalling(bits) ? bits | 0x200 : bits));
  const found = encodeFloat16(decodeFloat16(everyHalf));
  expect(found.findIndex((bits, index) => bits !== expected[index])).toBe(-1);
});

test('float32 rounds as NumPy rounds it: ties, subnormals, overflow and random bits', () => {
  const { tensors } = parseSafetensors(
    readFileSync(new URL('../../fixtures/rounding.safetensors', import.meta.url)),
  );
  const given = tensors.given as Extract<StoredTensor, { dtype: 'F32' }>;
  const float16 = tensors.float16 as Extract<StoredTensor, { dtype: 'F16' }>;
  expect(given.values.length).toBeGreaterThan(4000);
  expect(withoutPayload(encodeFloat16(given.values))).toEqual(withoutPayload(float16.values));
});

test('values of an array that begins in the middle of its memory are encoded from there', () => {
  const floats = Float32Array.of(9, 1, -2.5).subarray(1);
  expect(encodeFloat16(floats)).toEqual(Uint16Array.of(0x3c00, 0xc100));
});

/** The payload of a NaN is nobody's promise. */
function withoutPayload(halves: Uint16Array): Uint16Array {
  return halves.map((bits) => ((bits & 0x7fff) > 0x7c00 ? 0x7e00 : bits));
}
