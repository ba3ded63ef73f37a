import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { HostBatch } from '@whereabouts/layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { photographs } from '../testing/photographs.js';
import type { BatchOptions } from './batch-options.js';
import { batches } from './batches.js';
import { imageNetNormalisation } from './normalisation.js';
import type { Picture } from './picture.js';
import { pictureFiles } from './picture-files.js';
import type { Split } from './split.js';

let files: string[] = [];
beforeAll(async () => {
  files = await photographs(14);
});

const labels = Int32Array.from({ length: 14 }, (_, index) => index % 3);
const filed = () => pictureFiles({ name: 'train', files, classes: labels });
const training: BatchOptions = {
  batchSize: 4,
  imageSize: 72,
  augmentation: { randAugment: 'rand-m9-mstd0.5-inc1', randomErasing: {}, interpolation: 'random' },
  mixing: { classes: 3, mixup: 0.8, cutmix: 1 },
  repeats: 2,
  normalisation: imageNetNormalisation,
  seed: 7,
};

/** The bytes of each tensor of a batch, as a fingerprint that is quick to compare. */
const fingerprint = (batch: HostBatch) =>
  Object.entries(batch).map(([name, { shape, dtype, values }]) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return `${name} ${dtype} [${shape}] ${createHash('sha256').update(bytes).digest('hex')}`;
  });

/** All batches of two epochs, the first of them again at the end. */
async function epochs(split: Split, options: BatchOptions): Promise<string[][]> {
  const { epoch, close } = batches(split, options);
  const all: string[][] = [];
  for (const number of [0, 1, 0]) for await (const batch of epoch(number)) all.push(fingerprint(batch));
  await close();
  return all;
}

describe('the number of workers', () => {
  it('changes nothing in training batches, bit for bit', async () => {
    const here = await epochs(filed(), { ...training, workers: 0 });
    expect(here).toHaveLength(9);
    expect(here[0]).toEqual([
      expect.stringMatching(/^images float32 \[4,72,72,3\]/),
      expect.stringMatching(/^classes int32 \[4\]/),
      expect.stringMatching(/^targets float32 \[4,3\]/),
    ]);
    expect(here.slice(6)).toEqual(here.slice(0, 3));
    for (const [workers, ahead] of [
      [1, 1],
      [3, 5],
    ])
      expect(await epochs(filed(), { ...training, workers, ahead })).toEqual(here);
  });

  it('changes nothing in evaluation batches, the smaller last one included', async () => {
    const { augmentation: _, mixing: __, repeats: ___, ...evaluation } = training;
    const here = await epochs(filed(), { ...evaluation, workers: 0 });
    expect(here.map(([images]) => images?.slice(0, 17))).toEqual(
      [4, 4, 4, 2, 4, 4, 4, 2, 4, 4, 4, 2].map((count) => `images float32 [${count}`),
    );
    expect(await epochs(filed(), { ...evaluation, workers: 2 })).toEqual(here);
  });

  it('changes nothing where pictures are no files', async () => {
    const everything = Uint8Array.from({ length: 14 * 1200 }, (_, index) => (index * index) % 251);
    const shared = new Uint8Array(new SharedArrayBuffer(everything.length));
    shared.set(everything);
    const inMemory = (pixels: Uint8Array): Split => ({
      name: 'train',
      length: 14,
      classes: labels,
      read: async (index): Promise<Picture> => ({
        width: 20,
        height: 20,
        pixels: pixels.subarray(index * 1200, (index + 1) * 1200),
      }),
      describe: (index) => `picture ${index}`,
    });
    const here = await epochs(inMemory(everything), { ...training, workers: 0 });
    expect(await epochs(inMemory(everything), { ...training, workers: 2 })).toEqual(here);
    expect(await epochs(inMemory(shared), { ...training, workers: 2 })).toEqual(here);
  });
});

describe('worker threads', () => {
  it('keep headers and small pictures for all of them', async () => {
    const split = filed();
    const kept: number[] = [];
    const seen: number[] = [];
    const watched: Split = {
      ...split,
      learn: (index, found) => {
        (found.picture ? kept : seen).push(index);
        split.learn?.(index, found);
      },
    };
    const options = { batchSize: 7, imageSize: 24, normalisation: imageNetNormalisation, workers: 2 };
    await epochs(watched, options);
    const inOrder = (list: number[]) => list.sort((one, other) => one - other);
    expect([inOrder(kept), inOrder(seen)]).toEqual([
      [1, 3, 5, 7, 9, 11, 13], // once each
      [0, 2, 4, 6, 8, 10, 12], // the headers of the large ones
    ]);
    const { pixels } = await split.read(3);
    expect(pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(split.file?.(3)).toBeUndefined();
    expect(split.file?.(2)?.facts).toMatchObject({ width: 300, height: 200, format: 'jpeg' });
  });

  it('name the file that cannot be read, after the batches before it', async () => {
    const broken = await photographs(10);
    writeFileSync(broken[5] ?? '', 'This is a text.');
    const { epoch, close } = batches(pictureFiles({ name: 'train', files: broken }), {
      batchSize: 2,
      imageSize: 24,
      normalisation: imageNetNormalisation,
      workers: 2,
    });
    let seen = 0;
    const consume = async () => {
      for await (const _ of epoch(0)) seen += 1;
    };
    await expect(consume()).rejects.toThrow(`${broken[5]} can't be read as a picture`);
    expect(seen).toBe(2);
    await close();
  });

  it('end when they are closed, and start again when they are asked', async () => {
    const { epoch, close } = batches(filed(), { ...training, workers: 2 });
    const consume = async (onFirst: () => Promise<void>) => {
      for await (const _ of epoch(0)) await onFirst();
    };
    await expect(consume(close)).rejects.toThrow('A worker thread that loads pictures has ended');
    await expect(consume(async () => {})).resolves.toBeUndefined();
    await close();
  });
});
