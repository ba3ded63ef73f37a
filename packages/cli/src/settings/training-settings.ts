import { count, countFromZero } from './setting-kinds.js';

/** How long is trained, and on how many pictures at a time. */
export const trainingSettings = {
  batchSize: count({
    flag: 'batch-size',
    default: 64,
    unit: 'pictures',
    description:
      'pictures per training step; those that fill no whole batch are left out of an epoch, each time others',
  }),
  epochs: count({
    flag: 'epochs',
    default: 30,
    unit: 'epochs',
    description: 'how often all training pictures are seen',
  }),
  seed: countFromZero({
    flag: 'seed',
    default: 0,
    description: 'of the first weights, the order of pictures, crops, dropping and sampled pairs',
  }),
} as const;
