import * as tf from '@tensorflow/tfjs-core';
import { type Pass, variable, within } from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { follow } from '../testing/follow.js';
import { toyBatches } from '../testing/toy.js';
import { compiledExecutor } from './compiled-executor.js';
import { eagerExecutor } from './eager-executor.js';
import { linearSchedule } from './schedules/linear-schedule.js';

describe('scalars that a part of a model reads', () => {
  const executors = [eagerExecutor(), ...(inject('engine') === 'tensorflow' ? [compiledExecutor()] : [])];
  it.each(executors)('follow their schedule: $name', async (executor) => {
    const x = variable(tf.scalar(1));
    const part = ({ scalars }: Pass) => tf.mul(scalars?.sigma ?? 1, tf.add(tf.mul(x, 0), 2)) as tf.Scalar;
    const objective = {
      variables: { x },
      undecayed: [],
      weights: { part: 1 },
      terms: (_batch: object, pass: Pass) => ({ part: { loss: part(within(pass, 'heads.part')) } }),
    };
    const options = {
      objective,
      executor,
      batches: toyBatches(4),
      validation: toyBatches(1),
      epochs: 1,
      learningRate: 0.1,
    };
    const scalars = { 'heads.part.sigma': linearSchedule({ from: 1, to: 0, steps: 4 }) };
    const { steps, evaluations } = await follow({ ...options, scalars });
    expect(steps.map(({ metrics }) => metrics.loss)).toEqual([2, 1.5, 1, 0.5]);
    expect(evaluations.map(({ metrics }) => metrics.loss)).toEqual([0]);
    const without = await follow(options);
    expect(without.steps.map(({ metrics }) => metrics.loss)).toEqual([2, 2, 2, 2]);
    x.dispose();
  });
});
