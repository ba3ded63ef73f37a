import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { batches } from '../batches.js';
import { imageFolder } from './image-folder.js';

const root = fileURLToPath(new URL('../../../../../shared/data/clothing', import.meta.url));
const present = existsSync(root);
if (!present) console.log(`Skipped: the photographs of clothes are not there (${root}).`);

describe.skipIf(!present)('photographs of clothes', () => {
  it('are ten classes in three splits, all readable', async () => {
    const set = await imageFolder(root);
    expect(set.classNames).toHaveLength(10);
    expect([set.train.length, set.validation.length, set.test?.length]).toEqual([3068, 341, 372]);
    expect(set.ignored?.map((path) => path.slice(root.length + 1))).toEqual(['LICENSE']);
  });

  it('become batches whose colours are near the normalised mean', async () => {
    const { test, normalisation } = await imageFolder(root, { verify: false });
    if (!test) throw new Error('There is no test split.');
    let sum = 0;
    let count = 0;
    let largest = 0;
    for await (const { images } of batches(test, { batchSize: 32, imageSize: 64, normalisation }).epoch(0)) {
      expect(images?.shape.slice(1)).toEqual([64, 64, 3]);
      for (const value of images?.values ?? []) {
        sum += value;
        count += 1;
        largest = Math.max(largest, Math.abs(value));
      }
    }
    expect(count).toBe(372 * 64 * 64 * 3);
    expect(Math.abs(sum / count)).toBeLessThan(1);
    expect(largest).toBeLessThan(3); // (1 - 0.406) / 0.225 is 2.64
  });
});
