import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeBfloat16, encodeBfloat16 } from './bfloat16.js';
import { parseSafetensors } from './parse-safetensors.js';
import type { StoredTensor } from './stored-tensor.js';

const everyHalf = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);

test('every bfloat16 decodes to the float32 with the same upper bits', () => {
  const bytes = new DataView(new ArrayBuffer(4));
  const expected = Float32Array.from(everyHalf, (bits) => {
    bytes.setUint16(0, bits);
    return bytes.getFloat32(0);
  });
  const found = decodeBfloat16(everyHalf);
  expect(found.findIndex((value, index) => !Object.is(value, expected[index]))).toBe(-1);
});

test('every bfloat16 survives decoding and encoding; a NaN stays a NaN with its sign and payload', () => {
  const expected = everyHalf.map((bits) => ((bits & 0x7fff) > 0x7f80 ? bits | 0x40 : bits));
  const found = encodeBfloat16(decodeBfloat16(everyHalf));
  expect(found.findIndex((bits, index) => bits !== expected[index])).toBe(-1);
});

test('float32 rounds as ml_dtypes rounds it: ties, subnormals, overflow and random bits', () => {
  const { tensors } = parseSafetensors(
    readFileSync(new URL('../../fixtures/rounding.safetensors', import.meta.url)),
  );
  const given = tensors.given as Extract<StoredTensor, { dtype: 'F32' }>;
  const bfloat16 = tensors.bfloat16 as Extract<StoredTensor, { dtype: 'BF16' }>;
  expect(given.values.length).toBeGreaterThan(4000);
  expect(withoutPayload(encodeBfloat16(given.values))).toEqual(withoutPayload(bfloat16.values));
});

/** The payload of a NaN is nobody's promise. */
function withoutPayload(halves: Uint16Array): Uint16Array {
  return halves.map((bits) => ((bits & 0x7fff) > 0x7f80 ? 0x7fc0 : bits));
}
