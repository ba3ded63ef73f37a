import { z } from 'zod';
import { randAugmentComplaint } from './rand-augment-complaint.js';

const count = z.int().min(1);
const range = (low: number, high: number) =>
  z
    .tuple([z.number().gt(low).max(high), z.number().gt(low).max(high)])
    .refine(([from, to]) => from <= to, 'the first number must not be above the second');

const probability = z.number().min(0).max(1).optional();
const reach = z.number().min(0);

/** What an `Augmentation` may be. */
export const augmentationSchema = z.strictObject({
  scale: range(0, 1).optional(),
  ratio: range(0, 1000).optional(),
  padding: z.int().min(0).optional(),
  hflip: probability,
  vflip: probability,
  randAugment: z
    .string()
    .superRefine((config, context) => {
      const complaint = randAugmentComplaint(config);
      if (complaint !== undefined) context.addIssue(complaint);
    })
    .optional(),
  colourJitter: z
    .union([reach, z.tuple([reach, reach, reach]), z.tuple([reach, reach, reach, reach.max(0.5)])], {
      error: 'expected a number from 0 on, three of them, or four of which the last (hue) is at most 0.5',
    })
    .optional(),
  randomErasing: z
    .strictObject({
      probability,
      mode: z.enum(['pixel', 'rand', 'const']).optional(),
      area: range(0, 1).optional(),
      aspect: range(0, 1000).optional(),
      count: count.optional(),
    })
    .optional(),
  interpolation: z.enum(['bicubic', 'bilinear', 'random']).optional(),
});

/** What a `Mixing` may be. */
export const mixingSchema = z
  .strictObject({
    classes: count,
    mixup: z.number().min(0).optional(),
    cutmix: z.number().min(0).optional(),
    probability,
    switchProbability: probability,
    offEpoch: z.int().min(0).optional(),
  })
  .refine(
    ({ mixup = 0, cutmix = 0 }) => mixup > 0 || cutmix > 0,
    'at least one of mixup and cutmix has to be above 0; leave mixing out for neither',
  );
