import { count, notNegative, positive, wordOr } from './setting-kinds.js';

/** How the weights are changed. */
export const optimiserSettings = {
  learningRate: positive({
    flag: 'lr',
    otherwise: '0.0005, or by --lr-base',
    unit: 'per step',
    description: 'highest learning rate, taken as given: it is not scaled by the batch size',
    replaces: ['optimiser.baseLearningRate'],
  }),
  baseLearningRate: wordOr('none', positive, {
    flag: 'lr-base',
    default: 'none',
    unit: 'per step',
    description:
      'highest learning rate for --lr-base-size pictures per step; --lr is this times --batch-size / --lr-base-size',
    replaces: ['optimiser.learningRate'],
  }),
  baseBatchSize: count({
    flag: 'lr-base-size',
    default: 256,
    unit: 'pictures',
    description: 'for how many pictures per step --lr-base is meant',
  }),
  minimumLearningRate: notNegative({
    flag: 'min-lr',
    default: 5e-6,
    expected: 'a number from 0 up to --lr',
    unit: 'per step',
    description: 'learning rate at the end of the cosine',
  }),
  warmupEpochs: notNegative({
    flag: 'warmup-epochs',
    expected: 'a number from 0 up to but not including --epochs',
    otherwise: 'a tenth of --epochs',
    unit: 'epochs',
    description: 'how long the learning rate rises, in a straight line from 0; may be a fraction',
  }),
  weightDecay: notNegative({
    flag: 'weight-decay',
    default: 0.05,
    unit: 'per step, times the learning rate',
    description: 'decay of AdamW; biases, norms, encodings and the class token are left alone',
  }),
  clipNorm: notNegative({
    flag: 'clip-grad',
    default: 5,
    unit: 'global norm',
    description: 'the largest norm of the gradients; 0 = they are not clipped',
  }),
} as const;
