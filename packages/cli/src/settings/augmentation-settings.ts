import { z } from 'zod';
import type { Setting } from './setting.js';
import { choice, count, countFromZero, notNegative, probability, text } from './setting-kinds.js';

/** Two numbers, the smaller first. */
function range(
  largest: number,
  about: Pick<Setting, 'flag' | 'unit' | 'description'> & {
    readonly default: readonly [number, number];
    readonly expected: string;
  },
): Setting<readonly [number, number]> {
  const side = z.number().gt(0).max(largest);
  return {
    ...about,
    type: 'numbers',
    schema: z.tuple([side, side]).refine(([least, most]) => least <= most),
  };
}

const reach = z.number().min(0);

const colourJitter: Setting<readonly number[]> = {
  flag: 'color-jitter',
  type: 'numbers',
  schema: z.union([
    z.tuple([reach]),
    z.tuple([reach, reach, reach]),
    z.tuple([reach, reach, reach, reach.max(0.5)]),
  ]),
  default: [0],
  expected: 'one number from 0 up, three of them, or four, of which the last (hue) is up to 0.5',
  unit: 'share',
  description:
    'how far brightness, contrast, saturation and perhaps hue go to either side; one number stands for the first three. Left out where there is RandAugment',
};

/** What training pictures go through. */
export const augmentationSettings = {
  scale: range(1, {
    flag: 'scale',
    default: [0.5, 1],
    expected: 'two shares above 0 and up to 1, the smaller first, such as 0.5,1',
    unit: 'share of the area',
    description: 'least and most of a training picture that a random crop keeps',
  }),
  ratio: range(1000, {
    flag: 'ratio',
    default: [3 / 4, 4 / 3],
    expected: 'two numbers above 0, the smaller first, such as 0.75,1.33',
    unit: 'width / height',
    description: 'least and most of the proportions of a random crop',
  }),
  padding: countFromZero({
    flag: 'padding',
    default: 0,
    unit: 'pixels',
    description:
      'how far a picture is shifted each way, black coming in; 4 with --scale 1,1 is usual for 32 px',
  }),
  horizontalFlip: probability({
    flag: 'hflip',
    default: 0.5,
    unit: 'probability',
    description: 'how often a training picture is mirrored, left to right',
  }),
  verticalFlip: probability({
    flag: 'vflip',
    default: 0,
    unit: 'probability',
    description: 'how often a training picture is mirrored, top to bottom',
  }),
  randAugment: text({
    flag: 'aa',
    default: 'none',
    expected: 'none, or RandAugment as timm writes it, such as rand-m9-mstd0.5-inc1',
    description: 'RandAugment as timm writes it, such as rand-m9-mstd0.5-inc1',
  }),
  colourJitter,
  erasing: probability({
    flag: 'reprob',
    default: 0,
    unit: 'probability',
    description: 'random erasing: how often rectangles of a picture are overwritten',
  }),
  erasingMode: choice(['pixel', 'rand', 'const'], {
    flag: 'remode',
    default: 'pixel',
    description: 'by what: pixel (noise), rand (one colour per rectangle) or const (the mean colour)',
  }),
  erasingCount: count({
    flag: 'recount',
    default: 1,
    unit: 'rectangles',
    description: 'how many at most; their number is drawn',
  }),
  interpolation: choice(['bicubic', 'bilinear', 'random'], {
    flag: 'train-interpolation',
    default: 'bicubic',
    description: 'how training pictures are resized; random draws one of the two each time',
  }),
  mixup: notNegative({
    flag: 'mixup',
    default: 0,
    description: 'alpha of mixup, which blends pictures of a batch and their classes; 0 = off, 0.8 is usual',
  }),
  cutmix: notNegative({
    flag: 'cutmix',
    default: 0,
    description: 'alpha of CutMix, which puts a part of one picture into another; 0 = off, 1 is usual',
  }),
  mixProbability: probability({
    flag: 'mixup-prob',
    default: 1,
    unit: 'probability',
    description: 'how often a batch is mixed, by either',
  }),
  cutmixProbability: probability({
    flag: 'mixup-switch-prob',
    default: 0.5,
    unit: 'probability',
    description: 'where there are both, how often by CutMix',
  }),
  mixOffEpoch: countFromZero({
    flag: 'mixup-off-epoch',
    default: 0,
    unit: 'epochs',
    description: 'after how many epochs nothing is mixed any more; 0 = never',
  }),
  repeats: count({
    flag: 'aug-repeats',
    default: 1,
    unit: 'times',
    description:
      'how often each picture is augmented in an epoch, which sees as many fewer pictures; DeiT uses 3',
  }),
} as const;
