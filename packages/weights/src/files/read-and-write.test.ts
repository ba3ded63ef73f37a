import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostTensor } from '@whereabouts/layers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseSafetensors } from '../safetensors/parse-safetensors.js';
import { serialiseSafetensors } from '../safetensors/serialise-safetensors.js';
import { readSafetensors } from './read-safetensors.js';
import { readSafetensorsHeader } from './read-safetensors-header.js';
import { writeSafetensors } from './write-safetensors.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const float = (...values: number[]): HostTensor => ({
  shape: [values.length],
  dtype: 'float32',
  values: Float32Array.from(values),
});

test('a file read from the disk is what the parser makes of its bytes', async () => {
  for (const name of ['every-dtype', 'no-tensors', 'rounding']) {
    const path = fixture(`${name}.safetensors`);
    expect(await readSafetensors(path)).toEqual(parseSafetensors(await readFile(path)));
  }
});

test('the header alone names what the whole file holds', async () => {
  const { tensors, metadata } = await readSafetensors(fixture('every-dtype.safetensors'));
  const facts = Object.entries(tensors).map(([name, { dtype, shape }]) => [name, { dtype, shape }]);
  const header = await readSafetensorsHeader(fixture('every-dtype.safetensors'));
  expect(Object.entries(header.tensors)).toEqual(facts);
  expect(header.metadata).toEqual(metadata);

  const sharded = join(folder, 'model.safetensors');
  await writeSafetensors(
    sharded,
    { a: float(1), b: float(2, 3) },
    { maxShardBytes: 8, metadata: { of: 'us' } },
  );
  expect(await readSafetensorsHeader(folder)).toEqual({
    metadata: { of: 'us' },
    tensors: { a: { dtype: 'F32', shape: [1] }, b: { dtype: 'F32', shape: [2] } },
  });
});

test('a written file holds the serialised bytes', async () => {
  const { tensors, metadata } = await readSafetensors(fixture('every-dtype.safetensors'));
  const path = join(folder, 'model.safetensors');
  expect(await writeSafetensors(path, tensors, { metadata })).toBe(path);
  expect((await readFile(path)).equals(serialiseSafetensors(tensors, { metadata }))).toBe(true);
  expect(await readSafetensors(folder)).toEqual({ tensors, metadata });
  expect(await readdir(folder)).toEqual(['model.safetensors']);
});

test('a tensor that cannot be written leaves the old file intact and nothing behind', async () => {
  const path = join(folder, 'model.safetensors');
  await writeSafetensors(path, { a: float(1) });
  const old = await readFile(path);
  // b comes after a, which has been written by then.
  await expect(writeSafetensors(path, { a: float(1), b: float(1e9) }, { dtype: 'F16' })).rejects.toThrow(
    `${path} could not be written, and what was there before is untouched: The tensor "b" holds 1000000000 as value 0, which F16 cannot hold.`,
  );
  expect((await readFile(path)).equals(old)).toBe(true);
  expect(await readdir(folder)).toEqual(['model.safetensors']);
});

test('a file that is cut short on the disk is refused wherever it is cut, with both sizes', async () => {
  const path = join(folder, 'model.safetensors');
  await copyFile(fixture('every-dtype.safetensors'), path);
  const size = (await readFile(path)).byteLength;
  for (const length of [size - 1, size - 100, 700, 20, 8, 7, 0]) {
    await truncate(path, length);
    const failure = await readSafetensors(path).catch((error: Error) => error.message);
    expect(failure).toContain(path);
    expect(failure).toContain(`has ${length}`);
  }
  await copyFile(fixture('every-dtype.safetensors'), path);
  await truncate(path, size - 1);
  await expect(readSafetensors(path)).rejects.toThrow(
    `${path} is cut short: its header promises ${size} bytes, and it has ${size - 1}, 1 too few. Fetch or write it again.`,
  );
});

test('a folder with several files is refused, and the files are listed', async () => {
  await writeSafetensors(join(folder, 'a.safetensors'), { a: float(1) });
  await writeSafetensors(join(folder, 'b.safetensors'), { a: float(1) });
  await expect(readSafetensors(folder)).rejects.toThrow('holds several: a.safetensors, b.safetensors.');
});

test('a folder without any is refused', async () => {
  await mkdir(join(folder, 'empty'));
  await expect(readSafetensors(join(folder, 'empty'))).rejects.toThrow('it holds nothing.');
  await expect(readSafetensors(folder)).rejects.toThrow('it holds empty.');
  await expect(readSafetensors(join(folder, 'none.safetensors'))).rejects.toThrow(
    'none.safetensors cannot be read: ENOENT',
  );
});
