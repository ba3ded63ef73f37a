import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { photographs } from '../testing/photographs.js';
import { batches } from './batches.js';
import { imageNetNormalisation } from './normalisation.js';
import { type PictureFacts, readFacts, readPicture } from './picture-file.js';
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

it('keeps small pictures while there is room for them', async () => {
  const files = [
    await noise('kept.png', 20, 20),
    await noise('again.png', 200, 200),
    await noise('full.png', 128, 128),
    await noise('late.png', 20, 20),
  ];
  const split = pictureFiles({ name: 'train', files, keepMebibytes: 0.05 }); // 128 x 128 pixels take 0.047
  const found = async (index: number) => {
    const path = files[index] ?? '';
    return { facts: await readFacts(path), picture: await readPicture({ path }) };
  };
  expect(split.file?.(0)).toEqual({
    path: files[0],
    facts: undefined,
    pixelLimit: 178_956_970,
    keepUpTo: 128 * 128,
  });
  split.learn?.(0, await found(0));
  expect(split.file?.(0)).toBeUndefined();
  expect(await split.read(0)).toBe(await split.read(0));
  const { facts } = await found(1);
  split.learn?.(1, { facts });
  expect(split.file?.(1)?.facts).toBe(facts);
  expect(await split.read(1)).not.toBe(await split.read(1));
  split.learn?.(2, await found(2));
  expect(split.file?.(3)?.keepUpTo).toBe(692); // what is left
  split.learn?.(3, await found(3));
  expect(split.file?.(3)).toBeUndefined();
  split.learn?.(1, await found(1));
  expect(split.file?.(1)?.keepUpTo).toBe(292); // no room for it
  expect(split.classes).toBeUndefined();
  await expect(split.read(4)).rejects.toThrow('The train split has the pictures 0 to 3, not 4.');
});

it('keeps larger pictures too where all of a split fit', async () => {
  const files = await photographs(6);
  const facts = await Promise.all(files.map((file) => readFacts(file)));
  const options = { batchSize: 3, imageSize: 48, normalisation: imageNetNormalisation, workers: 0 };
  const epochs = async (given: readonly PictureFacts[] | undefined, keepMebibytes: number) => {
    const split = pictureFiles({ name: 'train', files, facts: given, keepMebibytes });
    const all = [];
    for (const augmentation of ['none', {}] as const)
      for (const number of [0, 1])
        for await (const batch of batches(split, { ...options, augmentation }).epoch(number)) all.push(batch);
    return { all, left: files.filter((_, index) => split.file?.(index)) };
  };
  const decoded = await epochs(facts, 0);
  expect(decoded.left).toEqual(files);
  const kept = await epochs(facts, 1);
  expect(kept.left).toEqual([]);
  expect(kept.all).toEqual(decoded.all);
  const large = files.filter((_, index) => index % 2 === 0);
  expect((await epochs(facts, 0.4)).left).toEqual(large); // 0.54 would be needed
  expect((await epochs(undefined, 1)).left).toEqual(large); // who knows how many there are
});
