import '@tensorflow/tfjs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readVariables } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { checkpointsFolder, follow } from '../testing/follow.js';
import { toyBatches, toyObjective } from '../testing/toy.js';
import { loadModel } from './checkpoints/checkpoint.js';
import { ema } from './ema.js';
import { evaluate } from './evaluate.js';
import { linearSchedule } from './schedules/linear-schedule.js';
import type { TrainOptions } from './train-options.js';

const validation = toyBatches(3);
const train = (options: Partial<TrainOptions>) =>
  follow({
    objective: toyObjective(1),
    batches: toyBatches(5),
    validation,
    epochs: 4,
    learningRate: 0.02,
    ...options,
  });

describe('evaluations', () => {
  it.each([
    [1, [5, 10, 15, 20]],
    [3, [15, 20]],
    [{ epochs: 2 }, [10, 20]],
    [{ steps: 8 }, [8, 16, 20]],
  ])('take place every %o, and at the end', async (evaluateEvery, steps) => {
    expect((await train({ evaluateEvery })).evaluations.map(({ step }) => step)).toEqual(steps);
  });

  it('change no number of the training', async () => {
    const often = await train({ evaluateEvery: { steps: 1 } });
    const never = await train({ evaluateEvery: 4 });
    expect(often.steps.map(({ metrics }) => metrics)).toEqual(never.steps.map(({ metrics }) => metrics));
  });

  it('are of the averaged weights, which the best checkpoint holds beside the weights', async () => {
    const folder = await checkpointsFolder();
    const objective = toyObjective(1);
    const average = ema({ ...objective, decay: 0.9 });
    const plain = await train({});
    const { steps, evaluations, result } = await train({ objective, ema: average, checkpoints: { folder } });
    expect(steps.map(({ metrics }) => metrics)).toEqual(plain.steps.map(({ metrics }) => metrics));
    expect(evaluations[0]?.metrics.loss).not.toBe(plain.evaluations[0]?.metrics.loss);

    const reloaded = toyObjective(99);
    const file = join(folder, 'best.safetensors');
    expect((await loadModel(file, reloaded.variables)).best).toEqual(result.best);
    expect((await evaluate({ objective: reloaded, batches: validation })).loss).toBe(result.best?.value);
    expect(await readVariables(reloaded.variables)).toEqual(await readVariables(average.state));
    await loadModel(file, reloaded.variables, { ema: false });
    expect(await readVariables(reloaded.variables)).toEqual(await readVariables(objective.variables));
  });

  it('keep the checkpoints of the best few', async () => {
    const folder = await checkpointsFolder();
    const { evaluations, result } = await train({
      evaluateEvery: { steps: 2 },
      learningRate: (step) => (step < 9 ? 0.05 : -0.05), // better, then worse
      checkpoints: { folder, keepBest: 3 },
    });
    const ranked = evaluations.toSorted((a, b) => (a.metrics.loss ?? 0) - (b.metrics.loss ?? 0)).slice(0, 3);
    const kept = ranked.map(({ step }) => `best-step-${step}.safetensors`);
    expect(ranked.map(({ step }) => step)).not.toContain(20);
    expect((await readdir(folder)).sort()).toEqual(['best.safetensors', 'last.safetensors', ...kept].sort());
    const reloaded = toyObjective(99);
    for (const [rank, name] of [...kept.entries(), [0, 'best.safetensors'] as const]) {
      expect((await loadModel(join(folder, name), reloaded.variables)).step).toBe(ranked[rank]?.step);
      const { loss } = await evaluate({ objective: reloaded, batches: validation });
      expect(loss).toBe(ranked[rank]?.metrics.loss);
    }
    expect(result.best?.step).toBe(ranked[0]?.step);
  });

  it('weigh the terms as the training does at that step', async () => {
    const weights = { classes: linearSchedule({ from: 1, to: 0, steps: 20 }) };
    const { steps, evaluations } = await train({ weights });
    for (const [step, report] of steps.entries()) {
      expect(report.weights?.classes).toBeCloseTo(1 - step / 20, 12);
      expect(report.metrics.loss).toBeCloseTo(
        (report.metrics['classes.loss'] ?? 0) * (report.weights?.classes ?? 0),
        6,
      );
    }
    for (const { metrics, step } of evaluations)
      expect(metrics.loss).toBeCloseTo((metrics['classes.loss'] ?? 0) * (1 - step / 20), 6);
    expect((await train({ weights: { classes: 0.5 } })).steps[0]?.weights).toBeUndefined();
  });

  it('count a term once whose weight nobody names', async () => {
    const { steps } = await train({ objective: { ...toyObjective(1), weights: {} } });
    expect(steps.map(({ metrics }) => metrics)).toEqual(
      (await train({})).steps.map(({ metrics }) => metrics),
    );
  });
});
