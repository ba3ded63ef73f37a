import type { HostBatch } from '@whereabouts/layers';
import { augment, type Placement } from './augmentation.js';
import { type BatchOptions, checkedBatchOptions } from './batch-options.js';
import { epochOrder } from './epoch-order.js';
import { defaultCropPct, evaluationView } from './evaluation-view.js';
import { normalisationTable } from './normalisation.js';
import type { Size } from './picture.js';
import { readPictureView } from './picture-file.js';
import { place } from './place.js';
import { readAhead } from './read-ahead.js';
import { render } from './render.js';
import type { Split } from './split.js';

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
   * normalised, and `classes` `[batch]` int32 where the split has labels. The same epoch is the same batches, wherever it is entered.
   */
  readonly epoch: (epoch: number, firstBatch?: number) => AsyncIterable<HostBatch>;
}

/**
 * Turns a split into batches that are decoded, cut, resized and normalised ahead of the step.
 *
 * Reading and decoding go on in threads of their own while this one computes. An image that can't be read ends the
 * epoch with an error that names its file, after the batches before it.
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
 * const training = batches(grey, { batchSize: 2, imageSize: 4, augmentation: {}, normalisation, seed: 1 });
 * training.length; // => 2
 *
 * const shapes = [];
 * for await (const batch of training.epoch(0)) shapes.push(batch.images?.shape);
 * shapes; // => [[2, 4, 4, 3], [2, 4, 4, 3]]
 * ```
 *
 * @source crops and flips as in timm's `create_transform`; every draw is by name: `stream(seed, 'augmentation', epoch,
 * index)` for an example and `stream(seed, 'order', epoch)` for the order
 */
export function batches(split: Split, options: BatchOptions): Batches {
  const {
    batchSize,
    imageSize,
    normalisation,
    augmentation = 'none',
    ...rest
  } = checkedBatchOptions(options);
  const size: Size = typeof imageSize === 'number' ? { width: imageSize, height: imageSize } : imageSize;
  const { seed = 0, shuffle = augmentation !== 'none', dropRemainder = shuffle, ahead = 3 } = rest;
  const { cropPct = defaultCropPct(size), interpolation = 'bicubic' } = rest;
  const whole = Math.floor(split.length / batchSize);
  const length = dropRemainder ? whole : Math.ceil(split.length / batchSize);
  if (length === 0)
    throw new Error(
      `The ${split.name} split has ${split.length} images, which don't fill a batch of ${batchSize}. ` +
        'Make batchSize smaller, or keep the remainder with dropRemainder: false.',
    );

  const centre: Placement = {
    choose: (picture) => evaluationView(picture, size, cropPct, interpolation),
    shift: { right: 0, down: 0 },
    flip: false,
  };
  const placementOf = (epoch: number, index: number) =>
    augmentation === 'none' ? centre : augment(augmentation, size, { seed, epoch, index });
  const readView = async (index: number, choose: Placement['choose']) => {
    const file = split.file?.(index);
    if (file === undefined) {
      const picture = await split.read(index);
      return render(picture, choose(picture));
    }
    const { view, whole } = await readPictureView(file, choose);
    if (whole) split.keep?.(index, whole);
    return view;
  };
  const table = normalisationTable(normalisation);
  const imageLength = size.height * size.width * 3;

  const load = async (epoch: number, indices: Int32Array): Promise<HostBatch> => {
    const placements = Array.from(indices, (index) => placementOf(epoch, index));
    const read = placements.map(({ choose }, slot) => readView(indices[slot] as number, choose));
    const views = await Promise.allSettled(read); // all, so that nothing is left running after an error
    const images = new Float32Array(indices.length * imageLength); // [batch, height, width, 3]
    views.forEach((view, slot) => {
      if (view.status === 'rejected') throw view.reason;
      place(images, slot * imageLength, view.value, table, placements[slot] as Placement);
    });
    const { classes } = split;
    return {
      images: { shape: [indices.length, size.height, size.width, 3], dtype: 'float32', values: images },
      ...(classes && {
        classes: {
          shape: [indices.length],
          dtype: 'int32',
          values: indices.map((index) => classes[index] as number), // [batch]
        },
      }),
    };
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
        ? epochOrder(split.length, seed, epoch)
        : Int32Array.from({ length: split.length }, (_, index) => index);
      const loadBatch = (batch: number) =>
        load(epoch, order.subarray(batch * batchSize, (batch + 1) * batchSize));
      return {
        [Symbol.asyncIterator]: () => readAhead({ first: firstBatch, end: length, ahead }, loadBatch),
      };
    },
  };
}
