import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { toyBatches, toyObjective } from '../testing/toy.js';
import { eagerExecutor } from './eager-executor.js';
import { constant } from './schedules/constant.js';
import { train } from './train.js';

/** What the cpu backend, the slow oracle, gave. */
const onCpu = [
  0.69277, 0.686457, 0.676733, 0.64191, 0.604573, 0.549879, 0.632864, 0.531441, 0.44228, 0.494936, 0.270858,
  0.327872, 0.359897, 0.306019, 0.292882, 0.115332, 0.23596, 0.377156, 0.118987, 0.119651,
];

describe('training on this engine', () => {
  it('gives the losses that every engine gives, to 1e-4 over 20 steps', async () => {
    const losses: number[] = [];
    await train({
      executor: eagerExecutor(),
      objective: toyObjective(3),
      batches: toyBatches(20),
      epochs: 1,
      learningRate: constant(0.01),
      callbacks: [{ onStep: ({ metrics }) => void losses.push(metrics.loss ?? Number.NaN) }],
    });
    expect(losses).toHaveLength(onCpu.length);
    for (const [step, loss] of onCpu.entries())
      expect(Math.abs((losses[step] ?? 0) / loss - 1)).toBeLessThan(1e-4);
  });

  it('keeps the number of tensors over 500 steps', async () => {
    const counts = new Set<number>();
    await train({
      executor: eagerExecutor(),
      objective: toyObjective(3),
      batches: toyBatches(500),
      epochs: 1,
      learningRate: constant(0.001),
      callbacks: [{ onStep: () => void counts.add(tf.memory().numTensors) }],
    });
    expect(counts.size).toBe(1);
  });
});
