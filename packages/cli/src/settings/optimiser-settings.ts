import { z } from 'zod';
import { scheduled } from './scheduled.js';
import type { Setting } from './setting.js';
import { choice, count, fraction, names, notNegative, share } from './setting-kinds.js';

const betas: Setting<readonly [number, number]> = {
  flag: 'opt-betas',
  type: 'numbers',
  schema: z.tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)]),
  default: [0.9, 0.999],
  expected: 'two shares from 0 up to but not including 1, such as 0.9,0.999',
  description: 'of adamw: how much of the earlier first and second moment stays in a step',
};

/** How the weights are changed. */
export const optimiserSettings = {
  name: choice(['adamw', 'sgd', 'lars'], {
    flag: 'opt',
    default: 'adamw',
    description: 'adamw; sgd and lars, with momentum',
  }),
  weightDecay: scheduled({
    flag: 'weight-decay',
    otherwise: '0.05, for sgd and lars 0',
    unit: 'per step, times the learning rate',
    description:
      'decay of the weights, or a schedule; biases, norms, encodings and the class token are left alone',
  }),
  betas,
  epsilon: notNegative({
    flag: 'opt-eps',
    default: 1e-8,
    description: 'added to what adamw and lars divide by',
  }),
  momentum: share({
    flag: 'momentum',
    default: 0.9,
    unit: 'share',
    description: 'of sgd and lars: how much of the last change goes on',
  }),
  clipNorm: notNegative({
    flag: 'clip-grad',
    default: 5,
    unit: 'global norm',
    description: 'the largest norm of the gradients; 0 = they are not clipped',
  }),
  accumulation: count({
    flag: 'grad-accum-steps',
    default: 1,
    unit: 'batches',
    description:
      'batches whose gradients make one step, as if they were one batch: --batch-size times this are its pictures',
  }),
  layerDecay: fraction({
    flag: 'layer-decay',
    default: 1,
    unit: 'factor per layer',
    description:
      'how much smaller the learning rate is in each layer than in the one above it, for fine-tuning; 0.65 to 0.75 are usual, 1 = not at all',
  }),
  freeze: names({
    flag: 'freeze',
    default: [],
    expected: 'names of parts, such as backbone.patchEmbedding,backbone.blocks.0',
    description:
      'parts that are not learned, by the beginning of their names, such as backbone (only the heads are learned) or backbone.blocks.0',
  }),
} as const;
