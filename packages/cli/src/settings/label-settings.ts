import { scheduled } from './scheduled.js';
import { count, share, wordOr } from './setting-kinds.js';

/** What the model learns, and how much each part counts. */
export const labelSettings = {
  absolute: scheduled({
    flag: 'absolute',
    default: 0.5,
    unit: 'weight',
    description:
      'how much the absolute position label counts in the loss, or a schedule such as from=0.5,to=0,epochs=20; 0 = off',
  }),
  relative: scheduled({
    flag: 'relative',
    default: 0,
    unit: 'weight',
    description:
      'how much the relative position label counts in the loss, or a schedule; 0 = off. The paper uses 0.5, and one label at a time',
  }),
  pairs: wordOr('all', count, {
    flag: 'pairs',
    default: 'all',
    unit: 'pairs per picture',
    description: 'which pairs of tokens the relative label takes while training: all, or so many at random',
  }),
  smoothing: share({
    flag: 'smoothing',
    default: 0.1,
    unit: 'share',
    description: 'label smoothing of the classes while training',
  }),
} as const;
