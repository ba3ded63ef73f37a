import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cachedFeatures } from './cached-features.js';

it('computes once for a key, anew for another, and refuses a damaged file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'features-'));
  const file = join(folder, 'deep', 'train.safetensors');
  let computed = 0;
  const ask = (key: string) =>
    cachedFeatures({
      file,
      key,
      compute: async () => {
        computed += 1;
        const values = Float32Array.of(computed, 2, 3, 4, 5, 6);
        return { length: 2, channels: 3, values, classes: Int32Array.of(7, 0) };
      },
    });
  const first = await ask('a');
  expect(await ask('a')).toEqual(first);
  expect(computed).toBe(1);
  expect((await ask('b')).values[0]).toBe(2);
  expect((await ask('b')).values[0]).toBe(2);
  await writeFile(file, (await readFile(file)).subarray(0, 40));
  await expect(ask('b')).rejects.toThrow(file);
  await rm(folder, { recursive: true });
});
