import { z } from 'zod';
import type { Setting } from './setting.js';
import { probability } from './setting-kinds.js';

const areaShare = z.number().gt(0).max(1);

const scale: Setting<readonly [number, number]> = {
  flag: 'scale',
  type: 'numbers',
  schema: z.tuple([areaShare, areaShare]).refine(([least, most]) => least <= most),
  default: [0.5, 1],
  expected: 'two shares above 0 and up to 1, the smaller first, such as 0.5,1',
  unit: 'share of the area',
  description: 'least and most of a training picture that a random crop keeps',
};

/** What a training picture goes through. */
export const augmentationSettings = {
  scale,
  horizontalFlip: probability({
    flag: 'hflip',
    default: 0.5,
    unit: 'probability',
    description: 'how often a training picture is mirrored',
  }),
} as const;
