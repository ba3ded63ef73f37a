import { writeFileSync } from 'node:fs';
import type { HostBatch } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { photographs } from '../testing/photographs.js';
import type { BatchOptions } from './batch-options.js';
import { batches } from './batches.js';
import { imageNetNormalisation } from './normalisation.js';
import { pictureFiles } from './picture-files.js';
import { standIns } from './stand-ins.js';

const split = { name: 'train', length: 5 };
const problem = (index: number) => new Error(`picture ${index} can't be read`);

describe('standIns', () => {
  it('takes the next readable example, around the end, whatever was found out first', () => {
    const found = (...order: readonly number[]) => {
      const standing = standIns(split, { limit: 3 });
      for (const index of order) standing.add(index, problem(index));
      return [0, 1, 2, 3, 4].map(standing.of);
    };
    expect(found()).toEqual([0, 1, 2, 3, 4]);
    expect(found(4, 1, 2)).toEqual([0, 3, 3, 3, 0]);
    expect(found(2, 4, 1)).toEqual(found(4, 1, 2));
  });

  it('reports each once, and throws all of them when there are too many', () => {
    const told: string[] = [];
    const standing = standIns(split, { limit: 2, report: (sentence) => told.push(sentence) });
    standing.add(3, problem(3));
    standing.add(1, problem(1));
    standing.add(3, problem(3));
    expect(told).toEqual(["picture 3 can't be read", "picture 1 can't be read"]);
    expect(() => standing.add(2, problem(2))).toThrow(
      "3 pictures of the train split can't be read, more than the 2 that may be replaced:\n" +
        "  picture 1 can't be read\n  picture 2 can't be read\n  picture 3 can't be read\n",
    );
    expect(() => standIns(split, { limit: 0 }).add(2, problem(2))).toThrow("picture 2 can't be read");
  });

  it('throws when nothing is left', () => {
    const standing = standIns({ name: 'train', length: 2 }, { limit: 9 });
    standing.add(0, problem(0));
    expect(() => standing.add(1, problem(1))).toThrow("2 pictures of the train split can't be read");
  });
});

describe('batches with unreadable pictures', () => {
  it('are full, the same for any number of workers, and say which pictures they lack', async () => {
    const files = await photographs(12);
    for (const number of [2, 7]) writeFileSync(files[number] ?? '', 'This is a text.');
    const classes = Int32Array.from({ length: 12 }, (_, index) => index);
    const run = async (workers: number, more: Partial<BatchOptions> = {}) => {
      const told: string[] = [];
      const { epoch, close } = batches(pictureFiles({ name: 'train', files, classes }), {
        batchSize: 3,
        imageSize: 24,
        normalisation: imageNetNormalisation,
        workers,
        unreadable: { limit: 2, report: (sentence) => told.push(sentence) },
        ...more,
      });
      const all: HostBatch[] = [];
      for (const number of [0, 1]) for await (const batch of epoch(number)) all.push(batch);
      await close();
      return { all, told };
    };
    const { all, told } = await run(0);
    expect(all.slice(0, 4).flatMap((batch) => Array.from(batch.classes?.values ?? []))).toEqual([
      0, 1, 3, 3, 4, 5, 6, 8, 8, 9, 10, 11,
    ]);
    expect(all.slice(4)).toEqual(all.slice(0, 4));
    expect(told.sort()).toEqual([expect.stringContaining('2.jpg'), expect.stringContaining('7.png')]);
    expect((await run(2)).all).toEqual(all);

    const training = { augmentation: { randAugment: 'rand-m9' }, seed: 4 };
    expect((await run(3, training)).all).toEqual((await run(0, training)).all);
    await expect(run(2, { unreadable: { limit: 1 } })).rejects.toThrow(
      /2 pictures of the train split can't be read, more than the 1[\s\S]*2\.jpg[\s\S]*7\.png/,
    );
  });
});
