import { z } from 'zod';
import type { Setting } from './setting.js';
import { choice, count, notNegative, positive, wordOr } from './setting-kinds.js';

const milestones: Setting<readonly number[]> = {
  flag: 'decay-milestones',
  type: 'numbers',
  schema: z.array(z.number().gt(0)),
  default: [90, 180, 270],
  expected: 'numbers above 0, such as 90,180',
  unit: 'epochs',
  description: 'of multistep: when the learning rate is multiplied by --decay-rate',
};

/** How the learning rate changes while training. */
export const scheduleSettings = {
  learningRate: positive({
    flag: 'lr',
    otherwise: '0.0005, or by --lr-base',
    unit: 'per step',
    description: 'highest learning rate, taken as given: it is not scaled by the batch size',
    replaces: ['schedule.baseLearningRate'],
  }),
  baseLearningRate: wordOr('none', positive, {
    flag: 'lr-base',
    default: 'none',
    unit: 'per step',
    description:
      'highest learning rate for --lr-base-size pictures per step; --lr is this times the pictures of a step / --lr-base-size',
    replaces: ['schedule.learningRate'],
  }),
  baseBatchSize: count({
    flag: 'lr-base-size',
    default: 256,
    unit: 'pictures',
    description: 'for how many pictures per step --lr-base is meant',
  }),
  shape: choice(['cosine', 'linear', 'polynomial', 'step', 'multistep', 'constant'], {
    flag: 'sched',
    default: 'cosine',
    description:
      'how the learning rate goes from --lr after the warm-up: cosine, linear and polynomial to --min-lr, step and multistep by --decay-rate, or constant',
  }),
  minimumLearningRate: notNegative({
    flag: 'min-lr',
    default: 5e-6,
    expected: 'a number from 0 up to --lr',
    unit: 'per step',
    description: 'learning rate at the end of cosine, linear and polynomial',
  }),
  warmupEpochs: notNegative({
    flag: 'warmup-epochs',
    expected: 'a number from 0 up to but not including --epochs',
    otherwise: 'a tenth of --epochs',
    unit: 'epochs',
    description: 'how long the learning rate rises, in a straight line from --warmup-lr; may be a fraction',
  }),
  warmupLearningRate: notNegative({
    flag: 'warmup-lr',
    default: 0,
    unit: 'per step',
    description: 'learning rate at the first step of the warm-up',
  }),
  power: positive({
    flag: 'decay-power',
    default: 2,
    description: 'of polynomial: above 1 falls steeply at first, below 1 at last',
  }),
  decayEpochs: positive({
    flag: 'decay-epochs',
    default: 90,
    unit: 'epochs',
    description: 'of step: how long a learning rate holds',
  }),
  decayMilestones: milestones,
  decayRate: positive({
    flag: 'decay-rate',
    default: 0.1,
    unit: 'factor',
    description: 'of step and multistep: by what the learning rate is multiplied',
  }),
} as const;
