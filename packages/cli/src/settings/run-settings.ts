import { choice, count, countFromZero, positive, wordOr } from './setting-kinds.js';

/** On what it runs, and what is written down; but for `precision`, nothing here changes what is computed. */
export const runSettings = {
  backend: choice(['auto', 'native', 'wasm', 'cpu'], {
    flag: 'backend',
    default: 'auto',
    description: 'what computes: auto (the fastest that is there), native, wasm or cpu',
    changeable: true,
  }),
  threads: wordOr('auto', count, {
    flag: 'threads',
    default: 'auto',
    unit: 'threads',
    description: 'of the native engine',
    changeable: true,
  }),
  executor: choice(['auto', 'compiled', 'eager'], {
    flag: 'executor',
    default: 'auto',
    description:
      'how steps run: compiled (a graph, on the native backend), eager (op by op), auto (compiled where it can be)',
    changeable: true,
  }),
  precision: choice(['float32', 'bf16'], {
    flag: 'precision',
    default: 'float32',
    description: 'of matrix products in compiled steps; bf16 is faster and coarser, the rest stays float32',
  }),
  checkpointEvery: countFromZero({
    flag: 'checkpoint-every',
    default: 0,
    unit: 'steps',
    description:
      'how often a checkpoint is written within an epoch; one always is at its end. 0 = only there',
    changeable: true,
  }),
  stepBudget: wordOr('none', count, {
    flag: 'step-budget',
    default: 'none',
    unit: 'steps',
    description: 'stops this session after so many steps, with a checkpoint; --resume goes on',
    changeable: true,
  }),
  timeBudget: wordOr('none', positive, {
    flag: 'time-budget',
    default: 'none',
    unit: 'seconds',
    description: 'stops this session after so long, with a checkpoint; --resume goes on',
    changeable: true,
  }),
  logInterval: count({
    flag: 'log-interval',
    default: 50,
    unit: 'steps',
    description: 'how often a line is printed where there is no terminal; metrics.jsonl has every step',
    changeable: true,
  }),
} as const;
