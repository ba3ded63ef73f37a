import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables } from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { checkpointsFolder, follow } from '../testing/follow.js';
import { toyBatches, toyObjective } from '../testing/toy.js';
import { compiledExecutor } from './compiled-executor.js';
import { eagerExecutor } from './eager-executor.js';
import { ema } from './ema.js';
import type { Executor } from './executor.js';
import { freeze } from './freeze.js';
import { layerDecay } from './layer-decay.js';
import { adamW } from './optimisers/adamw.js';
import { sgd } from './optimisers/sgd.js';
import { cosineSchedule } from './schedules/cosine-schedule.js';
import { linearSchedule } from './schedules/linear-schedule.js';
import { warmupCosine } from './schedules/warmup-cosine.js';
import type { TrainOptions } from './train-options.js';

/** How each executor trains, and after which steps it is stopped: compiling takes seconds each time. */
const executors: readonly (readonly [string, () => Executor, readonly number[]])[] = [
  ['op by op', eagerExecutor, [2, 3, 5, 6, 11]],
  ...(inject('engine') === 'tensorflow' ? ([['compiled', compiledExecutor, [5, 6]]] as const) : []),
];

/** All that a training can remember, at once: 12 steps of 3 batches, the last of an epoch of 1. */
async function everything(
  executor: Executor,
  folder: string,
  options: Partial<TrainOptions> = {},
  stop?: number,
) {
  const objective = freeze(toyObjective(1), ['backbone.layer.bias']);
  const learningRateScales = layerDecay(objective, 0.5);
  const optimiser = adamW({
    ...objective,
    learningRateScales,
    weightDecay: cosineSchedule({ from: 0.05, to: 0.4, steps: 12 }),
  });
  const average = ema({ ...objective, decay: 0.8 });
  try {
    return await follow(
      {
        objective,
        optimiser,
        ema: average,
        executor,
        batches: toyBatches(10, 4),
        validation: toyBatches(3),
        accumulate: 3,
        epochs: 3,
        learningRate: warmupCosine({ peak: 0.02, warmupSteps: 2, steps: 12 }),
        weights: { classes: linearSchedule({ from: 1, to: 0.5, steps: 12 }) },
        clipNorm: 1,
        seed: 7,
        evaluateEvery: { steps: 3 },
        earlyStopping: { patience: 20 },
        checkpoints: { folder, resume: true, everySteps: 2, keepBest: 2 },
        ...options,
      },
      stop,
    );
  } finally {
    for (const made of [objective.variables, optimiser.state, average.state]) disposeVariables(made);
  }
}

const numbersOf = ({ steps, evaluations }: Awaited<ReturnType<typeof everything>>) => ({
  steps: steps.map(({ stepSeconds, waitSeconds, ...numbers }) => numbers),
  evaluations: evaluations.map(({ seconds, ...numbers }) => numbers),
});

describe.each(executors)('a training %s, with all that it can remember', (_name, make, stops) => {
  it.each(stops)('aborted after step %i and resumed equals one that was not', async (stop) => {
    const [wholeFolder, folder] = [await checkpointsFolder(), await checkpointsFolder()];
    const whole = await everything(make(), wholeFolder);
    expect(whole.result).toMatchObject({ step: 12, reason: 'all steps', finished: true });
    expect(whole.evaluations.map(({ step }) => step)).toEqual([3, 6, 9, 12]);

    const part = await everything(make(), folder, {}, stop);
    expect(part.result).toMatchObject({ step: stop, reason: 'aborted', finished: false });
    const rest = await everything(make(), folder);
    expect(rest.result).toMatchObject({ step: 12, reason: 'all steps' });

    const [first, second] = [numbersOf(part), numbersOf(rest)];
    expect({
      steps: [...first.steps, ...second.steps],
      evaluations: [...first.evaluations, ...second.evaluations],
    }).toEqual(numbersOf(whole));
    // Weights, moments, averages and what is remembered besides, to the bit.
    for (const file of ['last.safetensors', 'best.safetensors'])
      expect(await readFile(join(folder, file))).toEqual(await readFile(join(wholeFolder, file)));
  });

  it('goes on in sessions of a few steps each', async () => {
    const [wholeFolder, folder] = [await checkpointsFolder(), await checkpointsFolder()];
    await everything(make(), wholeFolder);
    const reasons = [];
    for (let session = 0; session < 3; session += 1)
      reasons.push((await everything(make(), folder, { budget: { steps: 5 } })).result.reason);
    expect(reasons).toEqual(['step budget', 'step budget', 'all steps']);
    expect(await readFile(join(folder, 'last.safetensors'))).toEqual(
      await readFile(join(wholeFolder, 'last.safetensors')),
    );
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await everything(make(), await checkpointsFolder());
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps the momentum of sgd', async () => {
    const runs = [];
    for (const stops of [[undefined], [4, undefined]]) {
      const folder = await checkpointsFolder();
      for (const stop of stops) {
        const objective = toyObjective(1);
        const optimiser = sgd(objective);
        const options = { objective, optimiser, executor: make(), batches: toyBatches(10), epochs: 1 };
        await follow({ ...options, learningRate: 0.1, checkpoints: { folder, resume: true } }, stop);
        for (const made of [objective.variables, optimiser.state]) disposeVariables(made);
      }
      runs.push(await readFile(join(folder, 'last.safetensors')));
    }
    expect(runs[1]).toEqual(runs[0]);
  });
});
