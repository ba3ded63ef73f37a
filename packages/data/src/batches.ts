import { availableParallelism } from 'node:os';
import { type HostBatch, shuffledOrder, stream } from '@whereabouts/layers';
import { type BatchOptions, checkedBatchOptions } from './batch-options.js';
import { batchThreads } from './batch-threads.js';
import { defaultCropPct } from './evaluation-view.js';
import type { ExampleSource } from './load-batch.js';
import { readAhead } from './read-ahead.js';
import { repeatedOrder } from './repeated-order.js';
import type { Split } from './split.js';
import { standIns } from './stand-ins.js';

/** The examples of a split as batches, epoch by epoch. */
export interface Batches {
  /** Batches in an epoch. */
  readonly length: number;
  /** Images in a batch; the last one of an epoch may hold fewer where the remainder is kept. */
  readonly batchSize: number;
  /** Images in an epoch, all its batches together. */
  readonly imageCount: number;
  /**
   * The batches of an epoch from number `firstBatch` (default 0) on: `images` `[batch, height, width, 3]` float32,
   * normalised; where the split has labels `classes` `[batch]` int32; with mixing `targets` `[batch, classes]` float32 too.
   * The same epoch is the same batches, wherever it is entered.
   */
  readonly epoch: (epoch: number, firstBatch?: number) => AsyncIterable<HostBatch>;
  /** Ends the worker threads at once instead of in a while. Another epoch starts them again. */
  readonly close: () => Promise<void>;
}

/** One for every core but that of the step, 1 to 4. */
const defaultWorkers = () => Math.max(1, Math.min(4, availableParallelism() - 1));

/**
 * Turns a split into batches that are decoded, cut, augmented, normalised and mixed ahead of the step.
 *
 * That is the work of worker threads, whose number changes nothing in the batches. They start when the first batch is asked for
 * and end when none was for ten seconds. An image that can't be read ends the epoch with an error that names its
 * file, after the batches before it, unless `unreadable` allows for it.
 *
 * @throws when an option is out of range, or when the split doesn't fill one batch and the remainder is dropped
 *
 * @example
 * ```ts
 * import { batches, type Split } from '@whereabouts/data';
 *
 * const grey: Split = {
 *   name: 'grey',
 *   length: 5,
 *   classes: Int32Array.of(0, 1, 0, 1, 0),
 *   read: async () => ({ width: 8, height: 8, pixels: new Uint8Array(8 * 8 * 3).fill(255) }),
 *   describe: (index) => `grey picture ${index}`,
 * };
 * const normalisation = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;
 * const training = batches(grey, { batchSize: 2, imageSize: 4, augmentation: {}, normalisation, workers: 0 });
 * training.length; // => 2
 *
 * const shapes = [];
 * for await (const batch of training.epoch(0)) shapes.push(batch.images?.shape);
 * shapes; // => [[2, 4, 4, 3], [2, 4, 4, 3]]
 * ```
 *
 * @source augmentation as in timm's `create_transform`; mixing after it, on the finished images, as in DeiT. Every draw is by
 *   name: `stream(seed, 'augmentation', epoch, index)` and what is below for an example, `stream(seed, 'order', epoch)` for the
 *   order, `stream(seed, 'mixing', epoch, number)` for a batch
 */
export function batches(split: Split, options: BatchOptions): Batches {
  const {
    batchSize,
    imageSize,
    normalisation,
    augmentation = 'none',
    ...rest
  } = checkedBatchOptions(options);
  const size = typeof imageSize === 'number' ? { width: imageSize, height: imageSize } : imageSize;
  const { seed = 0, shuffle = augmentation !== 'none', dropRemainder = shuffle, ahead = 3 } = rest;
  const { cropPct = defaultCropPct(size), interpolation = 'bicubic', mixing, repeats = 1 } = rest;
  const { workers = defaultWorkers(), unreadable = { limit: 0 } } = rest;
  const whole = Math.floor(split.length / batchSize);
  const length = dropRemainder ? whole : Math.ceil(split.length / batchSize);
  if (length === 0)
    throw new Error(
      `The ${split.name} split has ${split.length} images, which don't fill a batch of ${batchSize}. ` +
        'Make batchSize smaller, or keep the remainder with dropRemainder: false.',
    );
  if (mixing) checkMixable(split, mixing.classes);

  const threads = batchThreads(
    { imageSize: size, normalisation, augmentation, mixing, seed, cropPct, interpolation },
    workers,
  );
  const standing = standIns(split, unreadable);
  const exampleOf = async (source: number): Promise<ExampleSource> => {
    const file = split.file?.(source);
    if (file) return { file };
    try {
      return { picture: await split.read(source) };
    } catch (reason) {
      return { problem: reason instanceof Error ? reason : new Error(String(reason)) };
    }
  };

  const load = async (epoch: number, number: number, order: Int32Array): Promise<HostBatch> => {
    const indices = order.subarray(number * batchSize, (number + 1) * batchSize);
    const { classes } = split;
    for (;;) {
      const sources = indices.map(standing.of);
      const read = await Promise.all(Array.from(sources, exampleOf));
      const examples = read.map((source, slot) => ({
        ...source,
        index: indices[slot] as number,
        repeat: (number * batchSize + slot) % repeats,
      }));
      const labels = classes && sources.map((source) => classes[source] as number);
      const { batch, learned, problems } = await threads.load({ epoch, number, examples, classes: labels });
      for (const [slot, found] of learned) split.learn?.(sources[slot] as number, found);
      if (batch) return batch;
      for (const [slot, problem] of problems) standing.add(sources[slot] as number, problem);
    }
  };

  return {
    length,
    batchSize,
    imageCount: dropRemainder ? length * batchSize : split.length,
    epoch: (epoch, firstBatch = 0) => {
      if (!Number.isInteger(epoch) || epoch < 0)
        throw new Error(`Epochs are whole numbers from 0 on, not ${epoch}.`);
      if (!Number.isInteger(firstBatch) || firstBatch < 0 || firstBatch > length)
        throw new Error(`An epoch has the batches 0 to ${length - 1}, so it can't start at ${firstBatch}.`);
      const order = shuffle
        ? shuffledOrder(split.length, stream(seed, 'order', epoch))
        : Int32Array.from({ length: split.length }, (_, index) => index);
      const repeated = repeatedOrder(order, repeats);
      return {
        [Symbol.asyncIterator]: () =>
          readAhead({ first: firstBatch, end: length, ahead }, (number) => load(epoch, number, repeated)),
      };
    },
    close: threads.close,
  };
}

function checkMixable(split: Split, classes: number): void {
  if (split.classes === undefined)
    throw new Error(`The ${split.name} split has no labels, so its images can't be mixed: leave mixing out.`);
  const stranger = split.classes.findIndex((label) => label >= classes);
  if (stranger >= 0)
    throw new Error(
      `mixing.classes is ${classes}, but ${split.describe(stranger)} of the ${split.name} split has class ` +
        `${split.classes[stranger]}, counted from 0. Give the number of all classes of the data set.`,
    );
}
