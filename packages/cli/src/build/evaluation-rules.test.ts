import { expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import type { TrainingRequest } from '../settings/training-config.js';
import { evaluationRules } from './evaluation-rules.js';

const rulesOf = (evaluation: TrainingRequest['evaluation'], hasClasses = true) =>
  evaluationRules(resolveConfig({ data: { path: 'fashion-mnist' }, evaluation }).evaluation, hasClasses);

it('judges by the classes where there are some, else by the loss', () => {
  expect(rulesOf({})).toEqual({ evaluateEvery: 1, best: { metric: 'classes.accuracy', mode: 'max' } });
  expect(rulesOf({}, false).best).toEqual({ metric: 'loss', mode: 'min' });
});

it.each([
  ['classes.loss', 'min'],
  ['loss', 'min'],
  ['absolute.accuracy', 'max'],
])('judges by %s as asked, the best being the %s', (metric, mode) => {
  expect(rulesOf({ metric }).best).toEqual({ metric, mode });
});

it('evaluates by steps, and stops early, where asked', () => {
  expect(rulesOf({ everySteps: 30, patience: 4, minimumChange: 0.01 })).toMatchObject({
    evaluateEvery: { steps: 30 },
    earlyStopping: { patience: 4, minimumChange: 0.01 },
  });
});
