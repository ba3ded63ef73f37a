import '@tensorflow/tfjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointsFolder, follow } from '../testing/follow.js';
import { toyBatches, toyObjective } from '../testing/toy.js';
import type { Batches } from './batches.js';
import type { TrainingResult, TrainOptions } from './train-options.js';

const train = (options: Partial<TrainOptions>, stop?: number) =>
  follow(
    {
      objective: toyObjective(1),
      batches: toyBatches(5),
      validation: toyBatches(2),
      epochs: 4,
      learningRate: 0.02,
      ...options,
    },
    stop,
  );

describe('a training ends', () => {
  it('after all steps', async () => {
    expect((await train({})).result).toMatchObject({ step: 20, reason: 'all steps', finished: true });
  });

  it('early, when it no longer gets better, and stays ended', async () => {
    const folder = await checkpointsFolder();
    const options = {
      learningRate: 0, // nothing changes
      evaluateEvery: { steps: 2 },
      earlyStopping: { patience: 3 },
      checkpoints: { folder, resume: true },
    };
    const { result, evaluations } = await train(options);
    expect(result).toMatchObject({ step: 8, reason: 'early stopping', finished: true });
    expect(evaluations.map(({ step, best }) => [step, best])).toEqual([
      [2, true],
      [4, false],
      [6, false],
      [8, false],
    ]);
    const again = await train(options);
    expect(again.result).toMatchObject({ step: 8, reason: 'early stopping', finished: true });
    expect([again.steps, again.evaluations, again.checkpoints]).toEqual([[], [], []]);
    const patient = await train({ ...options, earlyStopping: { patience: 4 } });
    expect(patient.result).toMatchObject({ step: 10, reason: 'early stopping' });
  });

  it('counts the patience of sessions before', async () => {
    const folder = await checkpointsFolder();
    const options = {
      learningRate: 0,
      evaluateEvery: { steps: 2 },
      earlyStopping: { patience: 3 },
      checkpoints: { folder, resume: true },
    };
    expect((await train(options, 5)).result).toMatchObject({ step: 5, reason: 'aborted' });
    expect((await train(options)).result).toMatchObject({ step: 8, reason: 'early stopping' });
  });

  it('when its session has had its steps, with a checkpoint', async () => {
    const folder = await checkpointsFolder();
    const { result } = await train({ budget: { steps: 7 }, checkpoints: { folder } });
    expect(result).toMatchObject({ step: 7, reason: 'step budget', finished: false });
    expect(existsSync(join(folder, 'last.safetensors'))).toBe(true);
  });

  it('when its session has had its seconds, and goes on later with what was due', async () => {
    const folder = await checkpointsFolder();
    const slow: Batches = {
      length: 5,
      async *epoch(epoch, firstBatch) {
        for await (const batch of toyBatches(5).epoch(epoch, firstBatch)) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          yield batch;
        }
      },
    };
    const options = { batches: slow, checkpoints: { folder, resume: true }, evaluateEvery: { steps: 1 } };
    const first = await train({ ...options, budget: { seconds: 0.05 } });
    expect(first.result).toMatchObject({ reason: 'time budget', finished: false });
    expect(first.result.step).toBeLessThan(20);
    const second = await train(options);
    expect(second.result).toMatchObject({ step: 20, reason: 'all steps' });
    expect([...first.evaluations, ...second.evaluations].map(({ step }) => step)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it('at once when it was aborted before, and then writes nothing', async () => {
    const folder = await checkpointsFolder();
    const { result } = await train({ signal: AbortSignal.abort(), checkpoints: { folder } });
    expect(result).toMatchObject({ step: 0, reason: 'aborted', finished: false });
    expect(existsSync(join(folder, 'last.safetensors'))).toBe(false);
  });

  it('within an evaluation when it is aborted there, which is then still due', async () => {
    const folder = await checkpointsFolder();
    const abort = new AbortController();
    const seen: number[] = [];
    const validation: Batches = {
      length: 4,
      async *epoch(epoch) {
        for await (const batch of toyBatches(4).epoch(epoch)) {
          seen.push(seen.length);
          if (seen.length === 2) abort.abort();
          yield batch;
        }
      },
    };
    const first = await train({ validation, signal: abort.signal, checkpoints: { folder } });
    expect(first.result).toMatchObject({ step: 5, reason: 'aborted' });
    expect(first.evaluations).toEqual([]);
    expect(seen).toHaveLength(2);
    const second = await train({ checkpoints: { folder, resume: true } });
    expect(second.evaluations.map(({ step }) => step)).toEqual([5, 10, 15, 20]);
  });

  it('and tells how it ended', async () => {
    const ends: TrainingResult[] = [];
    const { result } = await train({
      budget: { steps: 5 },
      callbacks: [{ onEnd: (end) => void ends.push(end) }],
    });
    expect(ends).toEqual([result]);
    expect(result.evaluation).toBeDefined();
    expect(result.best?.step).toBe(5);
  });

  it('never without letting timers and signals in, also with data in memory', async () => {
    let timers = 0;
    const timer = setInterval(() => {
      timers += 1;
    }, 1);
    await train({ epochs: 40 });
    clearInterval(timer);
    expect(timers).toBeGreaterThan(0);
  });
});
