import '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { toyBatches, toyObjective } from '../testing/toy.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';

const objective = toyObjective(1);
const given = { objective, batches: toyBatches(2), epochs: 1, learningRate: 0.1 };

describe('options that make no training', () => {
  const cases: readonly [Partial<TrainOptions>, string][] = [
    [{ epochs: 0 }, 'epochs is 0, but must be a whole number above 0.'],
    [{ accumulate: 1.5 }, 'accumulate is 1.5, but must be a whole number above 0.'],
    [{ evaluateEvery: 0 }, 'evaluateEvery is 0, '],
    [{ evaluateEvery: { steps: -1 } }, 'evaluateEvery.steps is -1, '],
    [{ budget: { steps: 0 } }, 'budget.steps is 0, '],
    [{ budget: { seconds: 0 } }, 'budget.seconds is 0, but must be above 0.'],
    [{ checkpoints: { folder: 'x', keepBest: 0 } }, 'checkpoints.keepBest is 0, '],
    [{ earlyStopping: { patience: 0 }, validation: toyBatches(1) }, 'earlyStopping.patience is 0, '],
    [{ earlyStopping: { patience: 1 } }, 'earlyStopping judges evaluations, and there are none'],
    [{ weights: { clases: 1 } }, 'The weight "clases" names no term; the terms are classes.'],
    [{ objective: { ...objective, frozen: ['backbone'] } }, 'frozen names "backbone", which is no variable'],
  ];
  it.each(cases)('%o', async (options, message) => {
    await expect(train({ ...given, ...options })).rejects.toThrow(message);
  });
});
