import '@tensorflow/tfjs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { readVariables } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { toyBatches, toyObjective } from '../testing/toy.js';
import type { Metrics } from './callback.js';
import { loadModel } from './checkpoints/checkpoint.js';
import { warmupCosine } from './schedules/warmup-cosine.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';

const folderOf = () => mkdtemp(join(tmpdir(), 'whereabouts-train-'));
const settings = {
  epochs: 3,
  learningRate: warmupCosine({ peak: 0.02, warmupSteps: 2, steps: 30 }),
  seed: 7,
  clipNorm: 1,
};

function recording(options: Partial<TrainOptions> = {}) {
  const losses: Metrics[] = [];
  const evaluations: Metrics[] = [];
  const objective = toyObjective(1);
  const callback = {
    onStep: ({ metrics }: { metrics: Metrics }) => void losses.push(metrics),
    onEvaluation: ({ metrics }: { metrics: Metrics }) => void evaluations.push(metrics),
  };
  const { callbacks = [], ...rest } = options;
  const run = () =>
    train({
      objective,
      batches: toyBatches(10),
      validation: toyBatches(3),
      ...settings,
      ...rest,
      callbacks: [callback, ...callbacks],
    });
  return { losses, evaluations, objective, run };
}

describe('train', () => {
  it('learns', async () => {
    const { losses, evaluations, run } = recording();
    const result = await run();
    expect(result).toMatchObject({ step: 30, finished: true });
    expect(losses).toHaveLength(30);
    expect(evaluations).toHaveLength(3);
    expect(result.evaluation?.['classes.accuracy']).toBeGreaterThan(0.9);
    expect(result.best?.value).toBe(Math.min(...evaluations.map(({ loss }) => loss ?? 1)));
  });

  it('gives the same numbers twice, and others for another seed', async () => {
    const [first, second, other] = [recording(), recording(), recording({ seed: 8 })];
    for (const { run } of [first, second, other]) await run();
    expect(second.losses).toEqual(first.losses);
    expect(other.losses).not.toEqual(first.losses);
  });

  it.each([4, 10, 13, 20])('stopped after step %i and resumed equals one that was not', async (stop) => {
    const folder = await folderOf();
    const whole = recording();
    await whole.run();

    const abort = new AbortController();
    const stopper = { onStep: ({ step }: { step: number }) => (step === stop ? abort.abort() : undefined) };
    const part = recording({ checkpoints: { folder }, signal: abort.signal, callbacks: [stopper] });
    expect(await part.run()).toMatchObject({ step: stop, finished: false });
    const rest = recording({ checkpoints: { folder, resume: true } });
    expect(await rest.run()).toMatchObject({ step: 30, finished: true });

    expect([...part.losses, ...rest.losses]).toEqual(whole.losses);
    expect([...part.evaluations, ...rest.evaluations]).toEqual(whole.evaluations);
    expect(await readVariables(rest.objective.variables)).toEqual(
      await readVariables(whole.objective.variables),
    );
  });

  it('evaluates every few epochs, and the last in any case', async () => {
    const { evaluations, run } = recording({ evaluateEvery: 2 });
    const { evaluation } = await run();
    expect(evaluations).toHaveLength(2);
    expect(evaluation).toEqual(evaluations[1]);
  });

  it('keeps the best model', async () => {
    const folder = await folderOf();
    const { run } = recording({ checkpoints: { folder }, best: { metric: 'classes.accuracy', mode: 'max' } });
    const { best } = await run();
    const reloaded = toyObjective(99);
    expect((await loadModel(join(folder, 'best.safetensors'), reloaded.variables)).best).toEqual(best);
  });

  it('says which term broke at which step, and leaves the last checkpoint as it was', async () => {
    const folder = await folderOf();
    const objective = toyObjective(1);
    const broken = {
      ...objective,
      terms: (batch: never, pass: Parameters<typeof objective.terms>[1]) => {
        const { classes } = objective.terms(batch, pass);
        return {
          classes: { loss: tf.add(tf.log(tf.sub(steps < 12 ? 1 : -1, 0)), classes?.loss ?? 0) as tf.Scalar },
        };
      },
    };
    let steps = 0;
    let saved: Buffer | undefined;
    const file = join(folder, 'last.safetensors');
    const training = train({
      objective: broken,
      batches: toyBatches(10),
      ...settings,
      checkpoints: { folder },
      callbacks: [
        {
          onStep: ({ step }) => {
            steps = step;
          },
          onCheckpoint: async () => {
            saved = await readFile(file);
          },
        },
      ],
    });
    await expect(training).rejects.toThrow(
      /classes\.loss became NaN at step 13 .* The last checkpoint is intact/s,
    );
    expect(await readFile(file)).toEqual(saved);
  });

  it('never saves weights that are no numbers over a checkpoint', async () => {
    const folder = await folderOf();
    const blowUp = (step: number) => (step === 10 ? 1e38 : 0.02);
    const one = { batches: toyBatches(1), validation: toyBatches(1), epochs: 12 };
    const broken = recording({ ...one, checkpoints: { folder }, learningRate: blowUp }).run();
    await expect(broken).rejects.toThrow(/not finite|became (NaN|Infinity)/);
    const kept = toyObjective(1);
    expect((await loadModel(join(folder, 'last.safetensors'), kept.variables)).step).toBe(10);
  });

  it('never overwrites an earlier training, and resumes none with other settings or another model', async () => {
    const folder = await folderOf();
    await recording({ checkpoints: { folder } }).run();
    const file = join(folder, 'last.safetensors');
    const before = await readFile(file);
    await expect(recording({ checkpoints: { folder } }).run()).rejects.toThrow(
      /belongs to an earlier training/,
    );
    await expect(recording({ checkpoints: { folder, resume: true }, seed: 8 }).run()).rejects.toThrow(
      /seed was 7 and is now 8/,
    );
    const other = { ...toyObjective(1), variables: { weight: tf.variable(tf.ones([2])) } };
    await expect(
      recording({ checkpoints: { folder, resume: true }, objective: other }).run(),
    ).rejects.toThrow(/checkpoint of another model.*missing: model\.weight/s);
    expect(await readFile(file)).toEqual(before);

    await writeFile(file, before.subarray(0, before.length - 10));
    await expect(recording({ checkpoints: { folder, resume: true } }).run()).rejects.toThrow(file);
  });

  it('leaves no tensor behind', async () => {
    const { run } = recording();
    const tensors: number[] = [];
    await run();
    const before = tf.memory().numTensors;
    await recording({ callbacks: [{ onStep: () => void tensors.push(tf.memory().numTensors) }] }).run();
    expect(new Set(tensors).size).toBe(1);
    expect(tf.memory().numTensors - before).toBe(4); // the second model's own variables
  });
});
