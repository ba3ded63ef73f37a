import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { batches } from './batches.js';
import { imageNetNormalisation } from './normalisation.js';
import { pictureFiles } from './picture-files.js';

const folder = mkdtempSync(join(tmpdir(), 'whereabouts-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function noise(name: string, width: number, height: number): Promise<string> {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * index * 31) % 256);
  const file = join(folder, name);
  writeFileSync(
    file,
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  );
  return file;
}

it('gives the same batches whether pictures are kept, decoded each time, or known from their headers', async () => {
  const files = [
    await noise('small.png', 50, 40),
    await noise('large.png', 300, 200),
    await noise('mid.png', 90, 90),
  ];
  const options = {
    workers: 0,
    batchSize: 3,
    imageSize: 24,
    augmentation: {},
    normalisation: imageNetNormalisation,
    seed: 9,
  };
  const epochs = async (keepMebibytes: number) => {
    const { epoch } = batches(pictureFiles({ name: 'train', files, keepMebibytes }), options);
    const all = [];
    for (const number of [0, 1, 0]) for await (const batch of epoch(number)) all.push(batch);
    return all;
  };
  const kept = await epochs(512);
  expect(kept).toHaveLength(3);
  expect(kept[2]).toEqual(kept[0]);
  expect(kept[1]).not.toEqual(kept[0]);
  expect(await epochs(0)).toEqual(kept);
});

it('keeps small pictures while there is room for any, and decodes large ones again', async () => {
  const files = [
    await noise('kept.png', 20, 20),
    await noise('again.png', 200, 200),
    await noise('full.png', 128, 128),
    await noise('late.png', 20, 20),
  ];
  const split = pictureFiles({ name: 'train', files, keepMebibytes: 0.05 }); // 128 x 128 pixels take 0.047
  expect(split.file?.(0)?.keep).toBe(true);
  expect(await split.read(0)).toBe(await split.read(0));
  expect(split.file?.(0)).toBeUndefined();
  expect(await split.read(1)).not.toBe(await split.read(1));
  expect(split.file?.(1)?.path).toBe(files[1]);
  expect(await split.read(2)).toBe(await split.read(2));
  expect(split.file?.(3)?.keep).toBe(false);
  expect(await split.read(3)).not.toBe(await split.read(3));
  expect(split.classes).toBeUndefined();
  await expect(split.read(4)).rejects.toThrow('The train split has the pictures 0 to 3, not 4.');
});
