import { count, fraction, notNegative, onOff, text, wordOr } from './setting-kinds.js';

/** When and on what the model is evaluated, and what follows from it. */
export const evaluationSettings = {
  every: count({
    flag: 'val-interval',
    default: 1,
    unit: 'epochs',
    description: 'how often the validation pictures are evaluated; they always are after the last step',
    replaces: ['evaluation.everySteps'],
  }),
  everySteps: wordOr('none', count, {
    flag: 'val-interval-steps',
    default: 'none',
    unit: 'steps',
    description: 'how often the validation pictures are evaluated, instead of by epochs',
    replaces: ['evaluation.every'],
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
  cropPct: wordOr('auto', fraction, {
    flag: 'crop-pct',
    default: 'auto',
    unit: 'share of the side',
    description: 'how much of the resized picture is looked at; auto: 0.875, up to 96 px all of it',
  }),
  flips: onOff({
    flag: 'flip-test',
    default: false,
    description:
      'evaluates and predicts by the mean over a picture and its mirror image, in twice the time; not for classes that differ from their mirror image',
  }),
  metric: text({
    flag: 'eval-metric',
    default: 'auto',
    expected: 'auto, or the name of a metric, such as classes.accuracy or loss',
    description:
      'which number of an evaluation says what is best: the smallest of those that end in loss, the largest of all others; auto: classes.accuracy, without labels loss',
  }),
  keepBest: count({
    flag: 'checkpoint-hist',
    default: 1,
    unit: 'checkpoints',
    description: 'of how many of the best evaluations the checkpoint is kept',
  }),
  patience: wordOr('none', count, {
    flag: 'patience',
    default: 'none',
    unit: 'evaluations',
    description: 'ends the training after so many evaluations without a better --eval-metric; none = never',
  }),
  minimumChange: notNegative({
    flag: 'patience-change',
    default: 0,
    description: 'the least change of --eval-metric that counts as better for --patience',
  }),
} as const;
