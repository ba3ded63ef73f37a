import { mkdirSync, readdirSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostTensor } from '@whereabouts/layers';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSafetensors } from './read-safetensors.js';
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

/** Copies the fixture of shards into this test's folder. */
async function copyShards(): Promise<void> {
  for (const name of await readdir(fixture('sharded')))
    await copyFile(fixture(`sharded/${name}`), join(folder, name));
}

test('shards of huggingface_hub are read by their index, by their folder and by the name that they share', async () => {
  await copyShards();
  const [byFolder, byIndex, byName] = await Promise.all([
    readSafetensors(folder),
    readSafetensors(join(folder, 'model.safetensors.index.json')),
    readSafetensors(join(folder, 'model.safetensors')),
  ]);
  const lengths = [6, 6, 2, 6, 2, 2, 12];
  expect(byIndex.metadata).toEqual({ format: 'pt' });
  expect(byIndex.tensors).toEqual(
    Object.fromEntries(
      lengths.map((length, at) => [
        `layer.${at}.weight`,
        { shape: [length], dtype: 'F32', values: new Float32Array(length).fill(at) },
      ]),
    ),
  );
  expect(byFolder).toEqual(byIndex);
  expect(byName).toEqual(byIndex);
});

test('shards are written with the names and the index of Hugging Face', async () => {
  const path = join(folder, 'model.safetensors');
  const tensors = { z: float(1, 2), a: float(3, 4), m: float(5), long: float(6, 7, 8, 9) };
  const written = await writeSafetensors(path, tensors, { maxShardBytes: 12, metadata: { format: 'np' } });
  expect(written).toBe(`${path}.index.json`);
  expect((await readdir(folder)).sort()).toEqual([
    'model-00001-of-00003.safetensors',
    'model-00002-of-00003.safetensors',
    'model-00003-of-00003.safetensors',
    'model.safetensors.index.json',
  ]);
  expect(JSON.parse(await readFile(written, 'utf8'))).toEqual({
    metadata: { total_size: 36 },
    weight_map: {
      z: 'model-00001-of-00003.safetensors',
      a: 'model-00002-of-00003.safetensors',
      m: 'model-00002-of-00003.safetensors',
      long: 'model-00003-of-00003.safetensors',
    },
  });
  const shard = await readSafetensors(join(folder, 'model-00002-of-00003.safetensors'));
  expect(Object.keys(shard.tensors)).toEqual(['a', 'm']);
  expect(shard.metadata).toEqual({ format: 'np' });
});

test('what is written in shards is read as it was, however large they are', async () => {
  const { tensors, metadata } = await readSafetensors(fixture('every-dtype.safetensors'));
  const total = Object.values(tensors).reduce((sum, { values }) => sum + values.byteLength, 0);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: total + 50 }), async (maxShardBytes) => {
      const own = await mkdtemp(join(folder, 'shards-'));
      const path = join(own, 'model.safetensors');
      const written = await writeSafetensors(path, tensors, { maxShardBytes, metadata });
      expect(basename(written)).toBe(`model.safetensors${maxShardBytes < total ? '.index.json' : ''}`);
      expect(await readSafetensors(own)).toEqual({ tensors, metadata });
    }),
    { numRuns: 10 },
  );
});

test('shards that fail half-way leave nothing behind', async () => {
  const path = join(folder, 'model.safetensors');
  const tensors = { a: float(1), b: float(2), c: float(1e9) };
  await expect(writeSafetensors(path, tensors, { maxShardBytes: 2, dtype: 'F16' })).rejects.toThrow(
    'model-00003-of-00003.safetensors could not be written',
  );
  expect(await readdir(folder)).toEqual([]);
});

test('shards whose index cannot be put in its place are taken back', async () => {
  const path = join(folder, 'model.safetensors');
  const late = {
    ...float(3),
    // As soon as the first shard is being written, somebody takes the name of the index.
    get values() {
      if (readdirSync(folder).some((name) => name.endsWith('.tmp')))
        mkdirSync(`${path}.index.json`, { recursive: true });
      return Float32Array.of(3);
    },
  };
  await expect(writeSafetensors(path, { a: float(1), late }, { maxShardBytes: 4 })).rejects.toThrow(
    'model.safetensors.index.json could not be written',
  );
  expect(await readdir(folder)).toEqual(['model.safetensors.index.json']);
});

test('a sharded file is not written over another, whole or sharded', async () => {
  const path = join(folder, 'model.safetensors');
  const options = { maxShardBytes: 4 };
  await writeSafetensors(path, { a: float(1), b: float(2) }, options);
  await expect(writeSafetensors(path, { a: float(3), b: float(4) }, options)).rejects.toThrow(
    'model.safetensors.index.json exists, and a sharded file is not written over another: choose another folder, or delete it.',
  );
  expect((await readSafetensors(path)).tensors.a?.values).toEqual(Float32Array.of(1));
  const other = join(folder, 'other.safetensors');
  await writeSafetensors(other, { a: float(1) });
  await expect(writeSafetensors(other, { a: float(3), b: float(4) }, options)).rejects.toThrow(
    'other.safetensors exists',
  );
});

test('one file is written where everything fits', async () => {
  const path = join(folder, 'model.safetensors');
  expect(await writeSafetensors(path, { a: float(1), b: float(2) }, { maxShardBytes: 8 })).toBe(path);
  expect(await writeSafetensors(path, {}, { maxShardBytes: 8 })).toBe(path);
  expect(await readdir(folder)).toEqual(['model.safetensors']);
});

test.each([0, -1, Number.NaN])('maxShardBytes %d is refused', async (maxShardBytes) => {
  await expect(writeSafetensors(join(folder, 'a'), { a: float(1) }, { maxShardBytes })).rejects.toThrow(
    `maxShardBytes is ${maxShardBytes}, expected more than 0.`,
  );
});

test('shards need a name that ends as theirs', async () => {
  await expect(
    writeSafetensors(join(folder, 'model.bin'), { a: float(1), b: float(1) }, { maxShardBytes: 4 }),
  ).rejects.toThrow('expected one that ends in .safetensors');
});

test.each<[string, (index: { weight_map: Record<string, unknown> }) => unknown, string]>([
  [
    'a tensor that its shard lacks',
    (index) => {
      index.weight_map.extra = 'model-00001-of-00004.safetensors';
      return index;
    },
    'disagree: the shard lacks [extra] and has besides []',
  ],
  [
    'not every tensor of a shard',
    (index) => {
      delete index.weight_map['layer.0.weight'];
      index.weight_map['layer.1.weight'] = 'model-00001-of-00004.safetensors';
      return index;
    },
    'disagree: the shard lacks [layer.1.weight] and has besides [layer.0.weight]',
  ],
  [
    'one tensor of a shard left out',
    (index) => {
      delete index.weight_map['layer.2.weight'];
      return index;
    },
    'disagree: the shard lacks [] and has besides [layer.2.weight]',
  ],
  [
    'a shard that is not there',
    (index) => {
      index.weight_map.extra = 'model-00009-of-00009.safetensors';
      return index;
    },
    'model-00009-of-00009.safetensors cannot be opened: ENOENT',
  ],
  [
    'a shard in another folder',
    (index) => {
      index.weight_map.extra = '../model-00001-of-00004.safetensors';
      return index;
    },
    'names the shard "../model-00001-of-00004.safetensors", expected a *.safetensors file in the same folder',
  ],
  [
    'a shard that is a number',
    (index) => {
      index.weight_map.extra = 1;
      return index;
    },
    'names the shard 1, expected',
  ],
  ['no weight_map', () => ({ metadata: {} }), 'is no index of a sharded file: it has no object weight_map'],
])('an index with %s is refused', async (_, change, message) => {
  await copyShards();
  const path = join(folder, 'model.safetensors.index.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
  await expect(readSafetensors(path)).rejects.toThrow(message);
});

test('an index that is damaged, or names a tensor twice, is refused', async () => {
  const path = join(folder, 'model.safetensors.index.json');
  await writeFile(path, '{"weight_map":{"a":"m.safetensors","a":"n.safetensors"}}');
  await expect(readSafetensors(path)).rejects.toThrow(`${path} is damaged: the key "a" stands there twice.`);
  await writeFile(path, '{"weight_map":');
  await expect(readSafetensors(path)).rejects.toThrow(`${path} is damaged: Unexpected end of JSON input.`);
});

test('a size that is no whole number does not make an index unreadable', async () => {
  await copyShards();
  const path = join(folder, 'model.safetensors.index.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('144', '1.44e2'));
  expect(Object.keys((await readSafetensors(path)).tensors)).toHaveLength(7);
});

test('a shard that is cut short is named, with its index', async () => {
  await copyShards();
  await truncate(join(folder, 'model-00002-of-00004.safetensors'), 200);
  await expect(readSafetensors(folder)).rejects.toThrow(
    /A shard that .*index\.json names cannot be read\. .*model-00002-of-00004\.safetensors is cut short/,
  );
});
