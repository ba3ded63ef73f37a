import { z } from 'zod';
import type { Augmentation } from './augmentation.js';
import { augmentationSchema, mixingSchema } from './augmentation-schema.js';
import type { Mixing } from './mixing.js';
import type { Normalisation } from './normalisation.js';
import { normalisationSchema } from './normalisation-schema.js';
import type { Size } from './picture.js';
import type { Unreadable } from './stand-ins.js';

/** How examples become batches. */
export interface BatchOptions {
  /** Images in a batch. */
  readonly batchSize: number;
  /** Height and width of the images in pixels; a number stands for a square. */
  readonly imageSize: number | Size;
  /** Of training images. Absent or `none`: every image is the centre of its picture, as evaluation wants it. */
  readonly augmentation?: Augmentation | 'none' | undefined;
  /** Of training images with each other; the batches then have `targets`. Default none. */
  readonly mixing?: Mixing | undefined;
  /** How often each training example is augmented in an epoch, which sees as many fewer examples. Default 1. */
  readonly repeats?: number | undefined;
  /** Usually the data set's. */
  readonly normalisation: Normalisation;
  /** Of the order and the augmentation. Default 0. */
  readonly seed?: number | undefined;
  /** Whether each epoch has an order of its own. Default: with an augmentation. */
  readonly shuffle?: boolean | undefined;
  /** Whether the images that fill no whole batch are left out of an epoch. Default: when shuffled. */
  readonly dropRemainder?: boolean | undefined;
  /** Batches under way while the consumer is busy, 1 or more. Default 3. */
  readonly ahead?: number | undefined;
  /** Threads that make batches; 0: this one. The batches are the same. Default: one less than cores, 1 to 4. */
  readonly workers?: number | undefined;
  /** What happens to examples that can't be read. Default: the first one is an error. */
  readonly unreadable?: Unreadable | undefined;
  /** The share of the resized picture that is looked at without augmentation. Default 0.875; 1 up to 96 pixels. */
  readonly cropPct?: number | undefined;
  /** How pictures are resized without augmentation. Default `bicubic`. */
  readonly interpolation?: 'bicubic' | 'bilinear' | undefined;
}

const count = z.int().min(1);
const interpolation = z.enum(['bicubic', 'bilinear']).optional();

const unreadable = z.strictObject({
  limit: z.int().min(0),
  report: z.custom<Unreadable['report']>((given) => typeof given === 'function').optional(),
});

const schema = z
  .strictObject({
    batchSize: count,
    imageSize: z.union([count, z.strictObject({ height: count, width: count })], {
      error: 'expected a whole number of pixels, or { height, width }',
    }),
    // No union with 'none': its message would not say what is wrong within the augmentation.
    augmentation: z.preprocess(
      (given) => (given === 'none' ? undefined : given),
      augmentationSchema.optional(),
    ),
    mixing: mixingSchema.optional(),
    repeats: count.optional(),
    normalisation: normalisationSchema,
    seed: z.int().optional(),
    shuffle: z.boolean().optional(),
    dropRemainder: z.boolean().optional(),
    ahead: count.optional(),
    workers: z.int().min(0).optional(),
    unreadable: unreadable.optional(),
    cropPct: z.number().positive().max(1).optional(),
    interpolation,
  })
  .refine(
    ({ augmentation = 'none', mixing, repeats = 1 }) =>
      augmentation !== 'none' || (mixing === undefined && repeats === 1),
    'mixing and repeats are for training, which is told by an augmentation; {} is the default one',
  );

/** The options as they were given, once they are known to be right; an augmentation `none` is absent. */
export function checkedBatchOptions(options: BatchOptions): BatchOptions {
  const result = schema.safeParse(options);
  if (!result.success)
    throw new Error(`These options of batches can't be used:\n${z.prettifyError(result.error)}`);
  return result.data;
}
