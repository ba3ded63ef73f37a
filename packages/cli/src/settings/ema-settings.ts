import { onOff, share } from './setting-kinds.js';

/** Averages of the weights (exponential moving average, EMA), which are then what is evaluated and used. */
export const emaSettings = {
  use: onOff({
    flag: 'model-ema',
    default: false,
    description: 'keeps averages of the weights; evaluations, predict and embed use them',
  }),
  decay: share({
    flag: 'model-ema-decay',
    default: 0.9998,
    unit: 'share',
    description: 'how much of the old average stays in a step',
  }),
  warmup: onOff({
    flag: 'model-ema-warmup',
    default: false,
    description: 'the decay grows from 0 at first, so that averages are of use from the first epoch on',
  }),
} as const;
