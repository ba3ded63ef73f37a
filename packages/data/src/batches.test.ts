import { setTimeout } from 'node:timers/promises';
import type { HostBatch } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import type { BatchOptions } from './batch-options.js';
import { batches } from './batches.js';
import { batchMixer, type ClassifiedImages } from './mix-batch.js';
import type { Split } from './split.js';

const normalisation = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;

/** 23 noisy pictures of different sizes, read after a delay of its own for each. */
function noisy(delay: (index: number) => number = () => 0): Split {
  return {
    name: 'train',
    length: 23,
    classes: Int32Array.from({ length: 23 }, (_, index) => index % 4),
    read: async (index) => {
      if (delay(index) > 0) await setTimeout(delay(index));
      const width = 12 + (index % 5);
      const pixels = Uint8Array.from(
        { length: width * 14 * 3 },
        (_, byte) => (byte * byte * (index + 3)) % 256,
      );
      return { width, height: 14, pixels };
    },
    describe: (index) => `picture ${index}`,
  };
}

const options: BatchOptions = { batchSize: 4, imageSize: 8, normalisation, seed: 3, workers: 0 };
const training: BatchOptions = { ...options, augmentation: { padding: 1 } };

const everything: BatchOptions = {
  ...options,
  augmentation: {
    vflip: 0.5,
    randAugment: 'rand-m9-mstd0.5-inc1',
    randomErasing: { probability: 0.5, count: 2 },
    interpolation: 'random',
  },
  mixing: { classes: 4, mixup: 0.8, cutmix: 1 },
  repeats: 3,
};

async function collect(epoch: AsyncIterable<HostBatch>): Promise<HostBatch[]> {
  const all: HostBatch[] = [];
  for await (const batch of epoch) all.push(batch);
  return all;
}

describe('batches', () => {
  it('hands over images and classes by shape and dtype', async () => {
    const evaluation = batches(noisy(), { ...options, imageSize: { height: 6, width: 8 } });
    expect([evaluation.length, evaluation.batchSize, evaluation.imageCount]).toEqual([6, 4, 23]);
    const all = await collect(evaluation.epoch(0));
    expect(all.map(({ images }) => images?.shape)).toEqual([
      ...Array.from({ length: 5 }, () => [4, 6, 8, 3]),
      [3, 6, 8, 3],
    ]);
    expect(all[0]?.images?.values).toBeInstanceOf(Float32Array);
    expect(all[0]?.images?.dtype).toBe('float32');
    expect(all[5]?.classes).toEqual({ shape: [3], dtype: 'int32', values: Int32Array.of(0, 1, 2) });
  });

  it('keeps the order and every example without augmentation', async () => {
    const all = await collect(batches(noisy(), options).epoch(7));
    const classes = all.flatMap(({ classes }) => Array.from(classes?.values ?? []));
    expect(classes).toEqual(Array.from(noisy().classes ?? []));
    expect(await collect(batches(noisy(), { ...options, augmentation: 'none' }).epoch(0))).toEqual(all);
  });

  it('shuffles and drops the remainder with augmentation', async () => {
    const { length, imageCount, epoch } = batches(noisy(), training);
    expect([length, imageCount]).toEqual([5, 20]);
    const classes = (all: HostBatch[]) => all.map((batch) => Array.from(batch.classes?.values ?? []));
    const first = await collect(epoch(0));
    expect(classes(first)).not.toEqual(classes(await collect(epoch(1))));
    expect(first.map(({ images }) => images?.shape[0])).toEqual([4, 4, 4, 4, 4]);
    const kept = batches(noisy(), { ...training, shuffle: false, dropRemainder: false });
    expect(classes(await collect(kept.epoch(0))).flat()).toEqual(Array.from(noisy().classes ?? []));
  });

  it('gives the same epoch again, whatever comes first and however many are under way', async () => {
    const { epoch } = batches(noisy(), training);
    const once = await collect(epoch(2));
    const again = epoch(2);
    expect(await collect(again)).toEqual(once);
    expect(await collect(again)).toEqual(once);
    const slow = noisy((index) => (index * 7) % 11);
    for (const ahead of [1, 2, 6])
      expect(await collect(batches(slow, { ...training, ahead }).epoch(2))).toEqual(once);
    expect(await collect(batches(noisy(), { ...training, seed: 4 }).epoch(2))).not.toEqual(once);
  });

  it.each([
    ['little', training],
    ['everything', everything],
  ])('resumes from any batch, with %s drawn', async (_, drawn) => {
    const { epoch, length } = batches(noisy(), drawn);
    const entire = await collect(epoch(1));
    for (let first = 0; first <= length; first += 1)
      expect(await collect(epoch(1, first))).toEqual(entire.slice(first));
    expect(() => epoch(1, length + 1)).toThrow("An epoch has the batches 0 to 4, so it can't start at 6.");
    expect(() => epoch(-1)).toThrow('Epochs are whole numbers from 0 on, not -1.');
  });

  it('mixes the finished batches, and hands over targets', async () => {
    const { mixing, ...rest } = everything;
    if (mixing === undefined) throw new Error('everything is mixed.');
    const mix = batchMixer(mixing, 3);
    const plain = await collect(batches(noisy(), rest).epoch(1));
    const mixed = await collect(batches(noisy(), everything).epoch(1));
    expect(mixed.map(({ targets }) => targets?.shape)).toEqual(Array.from({ length: 5 }, () => [4, 4]));
    expect(mixed).toEqual(plain.map((batch, number) => mix(batch as ClassifiedImages, { epoch: 1, number })));
  });

  it('repeats examples in a row, augmented anew, in an epoch of the same length', async () => {
    const once = batches(noisy(), training);
    const thrice = batches(noisy(), { ...training, repeats: 3 });
    expect([thrice.length, thrice.imageCount]).toEqual([once.length, once.imageCount]);
    const images = async (of: typeof once) =>
      (await collect(of.epoch(0))).flatMap(({ images, classes }) =>
        Array.from(classes?.values ?? [], (label, slot) => ({
          label,
          pixels: images?.values.slice(slot * 8 * 8 * 3, (slot + 1) * 8 * 8 * 3).join(),
        })),
      );
    const [single, repeated] = [await images(once), await images(thrice)];
    repeated.forEach(({ label }, place) => {
      expect(label).toBe(single[Math.floor(place / 3)]?.label);
    });
    expect(repeated.filter((_, place) => place % 3 === 0)).toEqual(single.slice(0, 7));
    expect(new Set(repeated.map(({ pixels }) => pixels)).size).toBe(repeated.length);
  });

  it('draws an example by its index, so that another batch size sees the same images', async () => {
    const values = async (batchSize: number) => {
      const all = await collect(batches(noisy(), { ...training, batchSize }).epoch(0));
      return all.flatMap(({ images }) => Array.from(images?.values ?? []));
    };
    const small = await values(2);
    expect((await values(5)).slice(0, small.length)).toEqual(small.slice(0, 20 * 8 * 8 * 3));
  });

  it('shows an unreadable example to the consumer, after the batches before it', async () => {
    const broken: Split = {
      ...noisy(),
      read: async (index) => {
        if (index === 9 || index === 11) throw new Error(`picture ${index} is broken`);
        return noisy((other) => (other === 8 ? 10 : 0)).read(index);
      },
    };
    const seen: HostBatch[] = [];
    const consume = async () => {
      for await (const batch of batches(broken, options).epoch(0)) seen.push(batch);
    };
    await expect(consume()).rejects.toThrow('picture 9 is broken');
    expect(seen).toHaveLength(2);
  });

  it('leaves nothing running when the consumer stops or an example fails', async () => {
    let running = 0;
    const slow = (broken: number): Split => ({
      ...noisy(),
      read: async (index) => {
        if (index === broken) throw new Error(`picture ${index} is broken`);
        running += 1;
        await setTimeout(3);
        running -= 1;
        return noisy().read(index);
      },
    });
    for await (const _ of batches(slow(-1), training).epoch(0)) break;
    expect(running).toBe(0);
    await expect(collect(batches(slow(1), { ...options, ahead: 1 }).epoch(0))).rejects.toThrow(
      'picture 1 is broken',
    );
    expect(running).toBe(0);
  });

  it('says what is wrong with its options', () => {
    expect(() => batches(noisy(), { ...training, batchSize: 24 })).toThrow(
      "The train split has 23 images, which don't fill a batch of 24. Make batchSize smaller",
    );
    expect(() => batches(noisy(), { ...options, batchSize: 0 })).toThrow(
      /options of batches[\s\S]*at batchSize/,
    );
    expect(() => batches(noisy(), { ...options, imageSize: 0.5 })).toThrow(
      'expected a whole number of pixels',
    );
    expect(() => batches(noisy(), { ...options, augmentation: { scale: [0.9, 0.1] } })).toThrow(
      'augmentation',
    );
    const augmented = (augmentation: BatchOptions['augmentation']) => () =>
      batches(noisy(), { ...options, augmentation });
    expect(augmented({ randAugment: 'rand-m9-q1' })).toThrow(
      /"rand-m9-q1" is no RandAugment such as rand-m9-mstd0.5-inc1: it can't be told what "q1" means[\s\S]*at augmentation.randAugment/,
    );
    expect(augmented({ colourJitter: [0.4, 0.4, 0.4, 0.6] })).toThrow('augmentation.colourJitter[3]');
    expect(augmented({ randomErasing: { area: [0.5, 0.1] } })).toThrow('augmentation.randomErasing.area');
    const mixing = { classes: 4, mixup: 0.8 };
    expect(() => batches(noisy(), { ...options, mixing })).toThrow(
      'mixing and repeats are for training, which is told by an augmentation; {} is the default one',
    );
    expect(() => batches(noisy(), { ...options, repeats: 2 })).toThrow('mixing and repeats are for training');
    expect(() => batches(noisy(), { ...training, mixing: { classes: 4 } })).toThrow(
      'at least one of mixup and cutmix has to be above 0; leave mixing out for neither',
    );
    expect(() => batches(noisy(), { ...training, mixing: { classes: 3, cutmix: 1 } })).toThrow(
      'mixing.classes is 3, but picture 3 of the train split has class 3, counted from 0.',
    );
    const misspelt = { ...options, batchsize: 4 };
    expect(() => batches(noisy(), misspelt)).toThrow('batchsize');
    const flat = { ...normalisation, deviation: [1, 0, 1] } as const;
    expect(() => batches(noisy(), { ...options, normalisation: flat })).toThrow('normalisation.deviation[1]');
  });
});
