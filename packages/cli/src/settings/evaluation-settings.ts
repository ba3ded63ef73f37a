import { count, wordOr } from './setting-kinds.js';

/** When and on what the model is evaluated. */
export const evaluationSettings = {
  every: count({
    flag: 'val-interval',
    default: 1,
    unit: 'epochs',
    description: 'how often the validation pictures are evaluated; they always are after the last epoch',
  }),
  batchSize: count({
    flag: 'eval-batch-size',
    aliases: ['validation-batch-size'],
    otherwise: '--batch-size',
    unit: 'pictures',
    description: 'pictures per step of an evaluation',
  }),
  perClass: wordOr('all', count, {
    flag: 'eval-per-class',
    default: 'all',
    unit: 'pictures',
    description: 'how many validation and test pictures of each class are evaluated',
  }),
} as const;
