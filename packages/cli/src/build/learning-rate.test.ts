import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import type { TrainingRequest } from '../settings/training-config.js';
import { learningRateSchedule } from './learning-rate.js';
import { numberSchedule } from './number-schedule.js';
import { termWeights, termWeightsAt } from './term-weights.js';

const length = { steps: 120, stepsPerEpoch: 10 };
const configOf = (request: TrainingRequest) =>
  resolveConfig({ data: { path: 'fashion-mnist' }, training: { epochs: 12 }, ...request });
const ratesAt = (schedule: NonNullable<TrainingRequest['schedule']>, ...steps: number[]) =>
  steps.map(
    learningRateSchedule(
      configOf({ schedule: { learningRate: 1, minimumLearningRate: 0, warmupEpochs: 2, ...schedule } })
        .schedule,
      length,
    ),
  );

describe('the learning rate', () => {
  it('rises in a straight line, from where it is told', () => {
    expect(ratesAt({}, 0, 10, 20)).toEqual([0, 0.5, 1]);
    expect(ratesAt({ warmupLearningRate: 0.5 }, 0, 10, 20)).toEqual([0.5, 0.75, 1]);
  });

  it.each([
    ['cosine', {}, [1, 0.5, 0]],
    ['linear', { minimumLearningRate: 0.2 }, [1, 0.6, 0.2]],
    ['polynomial', { power: 3 }, [1, 0.125, 0]],
    ['step', { decayEpochs: 5, decayRate: 0.5 }, [1, 0.5, 0.25]],
    ['multistep', { decayMilestones: [1, 2, 7], decayRate: 0.5 }, [1, 0.25, 0.125]],
    ['constant', {}, [1, 1, 1]],
  ] as const)('then is %s', (shape, more, [first, middle, last]) => {
    const rates = ratesAt({ shape, ...more }, 20, 70, 120);
    for (const [index, expected] of [first, middle, last].entries())
      expect(rates[index]).toBeCloseTo(expected, 12);
  });

  it('needs steps after the warm-up', () => {
    expect(() =>
      learningRateSchedule(configOf({ schedule: { warmupEpochs: 11 } }).schedule, {
        steps: 10,
        stepsPerEpoch: 1,
      }),
    ).toThrow('The warm-up takes 11 steps, but the training has only 10');
  });
});

describe('a number that follows a schedule', () => {
  it('goes from one to another in its epochs, and stays', () => {
    const schedule = numberSchedule({ from: 1, to: 0, shape: 'linear', epochs: 4 }, length);
    if (typeof schedule === 'number') throw new Error('not a schedule');
    expect([0, 20, 40, 100].map(schedule)).toEqual([1, 0.5, 0, 0]);
    const cosine = numberSchedule({ from: 0, to: 1, shape: 'cosine', epochs: 'all' }, length);
    expect(typeof cosine === 'number' ? undefined : cosine(60)).toBeCloseTo(0.5, 12);
    expect(numberSchedule(0.3, length)).toBe(0.3);
  });

  it('weighs the position labels that ever count', () => {
    const config = configOf({ labels: { absolute: 0, relative: { from: 0, to: 0.5, epochs: 10 } } });
    expect(Object.keys(termWeights(config, length))).toEqual(['relative']);
    expect(termWeightsAt(config, length, 50)).toEqual({ relative: 0.25 });
  });
});
