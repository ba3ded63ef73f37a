import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, type HostTensor, readVariables } from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { toyBatches, toyObjective } from '../testing/toy.js';
import type { Batches } from './batches.js';
import type { Metrics } from './callback.js';
import { compiledExecutor } from './compiled-executor.js';
import { eagerExecutor } from './eager-executor.js';
import type { Executor } from './executor.js';
import { warmupCosine } from './schedules/warmup-cosine.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';

/** Batches of which the last is smaller. */
const withRemainder: Batches = {
  length: 3,
  async *epoch() {
    yield* toyBatches(2).epoch(0);
    yield* toyBatches(1, 3).epoch(0);
  },
};

interface Run {
  readonly losses: readonly number[];
  readonly evaluation: Metrics | undefined;
  readonly weights: Readonly<Record<string, HostTensor>>;
  readonly step: number;
}

/** Trains the toy, and gives its tensors back. */
async function follow(executor: Executor, options: Partial<TrainOptions> = {}): Promise<Run> {
  const objective = toyObjective(1);
  const losses: number[] = [];
  const abort = new AbortController();
  try {
    const { evaluation, step } = await train({
      objective,
      executor,
      batches: toyBatches(10),
      validation: withRemainder,
      epochs: 2,
      learningRate: warmupCosine({ peak: 0.02, warmupSteps: 2, steps: 20 }),
      clipNorm: 1,
      seed: 7,
      signal: abort.signal,
      ...options,
      callbacks: [
        { onStep: ({ metrics }) => void losses.push(metrics.loss ?? Number.NaN) },
        ...(options.callbacks ?? []),
      ],
    });
    return { losses, evaluation, step, weights: await readVariables(objective.variables) };
  } finally {
    disposeVariables(objective.variables);
  }
}

/** Trains until a step, resumes with another executor, and gives what the two recorded. */
async function interrupted(first: Executor, second: Executor, stop: number): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'whereabouts-compiled-'));
  const abort = new AbortController();
  const stopper = { onStep: ({ step }: { step: number }) => (step === stop ? abort.abort() : undefined) };
  const before = await follow(first, { checkpoints: { folder }, signal: abort.signal, callbacks: [stopper] });
  expect(before.step).toBe(stop);
  const after = await follow(second, { checkpoints: { folder, resume: true } });
  return { ...after, losses: [...before.losses, ...after.losses] };
}

/** Expects equal numbers to within rounding; an accuracy is compared as it is. */
function expectAlike(given: Run, wanted: Run): void {
  expect(given.losses).toHaveLength(wanted.losses.length);
  for (const [step, loss] of wanted.losses.entries())
    expect(Math.abs((given.losses[step] ?? Number.NaN) / loss - 1), `step ${step}`).toBeLessThan(1e-5);
  expect(Object.keys(given.evaluation ?? {})).toEqual(Object.keys(wanted.evaluation ?? {}));
  for (const [name, value] of Object.entries(wanted.evaluation ?? {}))
    expect(given.evaluation?.[name], name).toBeCloseTo(value, 5);
  for (const [path, { values }] of Object.entries(wanted.weights))
    for (const [index, value] of values.entries())
      expect(given.weights[path]?.values[index], path).toBeCloseTo(value, 4);
}

describe.runIf(inject('engine') === 'tensorflow')('training compiled', () => {
  it('gives the numbers of eager training, a smaller last evaluation batch included', async () => {
    const tensors = tf.memory().numTensors;
    const eager = await follow(eagerExecutor());
    expect(eager.losses).toHaveLength(20);
    expectAlike(await follow(compiledExecutor()), eager);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it.each([4, 10, 13])('stopped after step %i and resumed equals one that was not', async (stop) => {
    const whole = await follow(compiledExecutor());
    const { losses, weights, evaluation } = await interrupted(compiledExecutor(), compiledExecutor(), stop);
    expect(losses).toEqual(whole.losses);
    expect(weights).toEqual(whole.weights);
    expect(evaluation).toEqual(whole.evaluation);
  });

  it('goes on eagerly from a compiled checkpoint, and the other way', async () => {
    const whole = await follow(eagerExecutor());
    expectAlike(await interrupted(compiledExecutor(), eagerExecutor(), 13), whole);
    expectAlike(await interrupted(eagerExecutor(), compiledExecutor(), 13), whole);
  });

  it('says which term broke, and frees what it made', async () => {
    const tensors = tf.memory().numTensors;
    const learningRate = (step: number) => (step === 5 ? 1e38 : 0.02);
    const training = follow(compiledExecutor(), { learningRate });
    await expect(training).rejects.toThrow(/classes\.loss became (NaN|Infinity) at step 7 /);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
