import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { countParameters, disposeVariables, gatherVariables, type HostBatch } from '@whereabouts/layers';
import { adamW } from './adamw.js';
import { type Batches, batchSizeOf } from './batches.js';
import type { Callback, Metrics } from './callback.js';
import { type Progress, saveCheckpoint } from './checkpoint.js';
import { defaultExecutor } from './default-executor.js';
import { evaluateProgram } from './evaluate.js';
import type { Executor } from './executor.js';
import type { Optimiser } from './optimiser.js';
import { requireFinite } from './require-finite.js';
import { resume } from './resume.js';
import type { Schedule } from './schedule.js';
import { type AnyObjective, evaluationStep, trainingStep, weightScalars } from './steps.js';

/** Where checkpoints go and when. */
export interface Checkpoints {
  /** Receives `last.safetensors` and `best.safetensors`; made if it isn't there. */
  readonly folder: string;
  /** Steps between checkpoints within an epoch; none unless given. One is always written at the end of an epoch. */
  readonly everySteps?: number;
  /** Go on from `last.safetensors` where there is one, instead of refusing to overwrite it; false unless given. */
  readonly resume?: boolean;
}

/** What a training needs. */
export interface TrainOptions {
  readonly objective: AnyObjective;
  readonly batches: Batches;
  /** Evaluated at the end of epochs; nothing is unless given. */
  readonly validation?: Batches;
  /** Epochs from one evaluation to the next; 1 unless given. The last epoch is always evaluated. */
  readonly evaluateEvery?: number;
  readonly epochs: number;
  readonly learningRate: Schedule;
  /** AdamW over all variables of the objective unless given. */
  readonly optimiser?: Optimiser;
  /** The largest global norm of the gradients; they are not clipped unless given. */
  readonly clipNorm?: number;
  /** How much each term counts, by name; the objective's weights unless given. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Of all randomness of the steps (dropping, masks, sampled pairs); 0 unless given. */
  readonly seed?: number;
  /** Compiled on the native backend, else eager, unless given. */
  readonly executor?: Executor;
  readonly checkpoints?: Checkpoints;
  /** Which number of the evaluation decides what is best; the smallest `loss` unless given. */
  readonly best?: { readonly metric: string; readonly mode: 'min' | 'max' };
  readonly callbacks?: readonly Callback[];
  /** When aborted, the training writes a checkpoint after the step in progress and returns. */
  readonly signal?: AbortSignal;
}

/** How a training ended. */
export interface TrainingResult {
  /** Steps done, those before a resume included. */
  readonly step: number;
  /** The last evaluation; absent without validation batches, or when a resumed training was already finished. */
  readonly evaluation?: Metrics;
  readonly best?: Progress['best'];
  /** Whether all steps were done: false after an abort. */
  readonly finished: boolean;
}

/**
 * Trains an objective. The same seed and data give the same losses on every backend; a training that was stopped, or
 * killed, and resumed gives the same numbers as one that wasn't.
 *
 * @throws when a loss stops being a finite number (naming the term and the step; the last checkpoint stays intact),
 *   when the folder holds a checkpoint and `resume` is off, and when it holds that of another training
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { constant, train } from '@whereabouts/trainer';
 *
 * const variables = { x: variable(tf.scalar(3)) };
 * const objective = {
 *   variables, undecayed: [], weights: { square: 1 },
 *   terms: () => ({ square: { loss: tf.square(variables.x) as tf.Scalar } }),
 * };
 * const batches = { length: 20, async *epoch() { for (let i = 0; i < 20; i += 1) yield {}; } };
 * const result = await train({ objective, batches, epochs: 5, learningRate: constant(0.1) });
 * result.step; // => 100
 * Math.abs(variables.x.dataSync()[0]!) < 0.3; // => true
 * ```
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  const { objective, batches, validation, checkpoints, seed = 0, executor = defaultExecutor() } = options;
  const { evaluateEvery = 1 } = options;
  const { weights = objective.weights, best: wanted = { metric: 'loss', mode: 'min' }, signal } = options;
  const stepsPerEpoch = batches.length;
  const optimiser = options.optimiser ?? adamW(objective);
  const variables = { model: objective.variables, optimiser: optimiser.state };
  const tell = async (follow: (callback: Callback) => void | Promise<void>) => {
    for (const callback of options.callbacks ?? []) await follow(callback);
  };

  let progress: Progress = { step: 0, steps: options.epochs * stepsPerEpoch, stepsPerEpoch, seed };
  const last = checkpoints && join(checkpoints.folder, 'last.safetensors');
  if (last !== undefined && existsSync(last)) {
    if (checkpoints?.resume !== true)
      throw new Error(
        `${last} belongs to an earlier training; resume it, or choose another folder. Nothing was changed.`,
      );
    progress = await resume(last, variables, progress);
  }

  const clip = options.clipNorm === undefined ? {} : { clipNorm: options.clipNorm };
  const steps = {
    train: trainingStep({ objective, optimiser, ...clip }),
    evaluate: evaluationStep(objective),
  };
  const program = await executor.prepare(
    steps,
    gatherVariables({ model: { variables: variables.model }, optimiser: { variables: variables.optimiser } }),
  );

  const save = async (name: string) => {
    if (checkpoints === undefined) return;
    await mkdir(checkpoints.folder, { recursive: true });
    await program.pull();
    const path = join(checkpoints.folder, name);
    await saveCheckpoint(path, variables, progress);
    await tell((callback) => callback.onCheckpoint?.({ step: progress.step, path }));
  };

  const takeStep = async (batch: HostBatch, waitSeconds: number) => {
    const started = performance.now();
    const { step } = progress;
    const learningRate = options.learningRate(step);
    const scalars = { learningRate, ...optimiser.scalars(step), ...weightScalars(weights) };
    const metrics = await program.run('train', { batch, scalars, seed, step });
    requireFinite(metrics, { step: step + 1, learningRate, checkpoint: existing(last) });
    progress = { ...progress, step: step + 1 };
    const epoch = progress.step / stepsPerEpoch;
    const stepSeconds = (performance.now() - started) / 1000;
    const images = batchSizeOf(batch);
    await tell((callback) =>
      callback.onStep?.({ step: step + 1, epoch, metrics, learningRate, images, stepSeconds, waitSeconds }),
    );
  };

  const runEpoch = async () => {
    const before = progress.step;
    let asked = performance.now();
    for await (const batch of batches.epoch(Math.floor(before / stepsPerEpoch), before % stepsPerEpoch)) {
      await takeStep(batch, (performance.now() - asked) / 1000);
      if (signal?.aborted === true || progress.step % stepsPerEpoch === 0) break;
      if (checkpoints?.everySteps !== undefined && progress.step % checkpoints.everySteps === 0)
        await save('last.safetensors');
      asked = performance.now();
    }
    if (progress.step === before)
      throw new Error(
        `The data promised ${stepsPerEpoch} batches per epoch, but gave none after ${before % stepsPerEpoch}.`,
      );
  };

  const assess = async (batchesToJudge: Batches): Promise<Metrics> => {
    const started = performance.now();
    const { metrics, images } = await evaluateProgram(program, batchesToJudge, weights);
    const { step } = progress;
    requireFinite(metrics, {
      step,
      learningRate: options.learningRate(step),
      checkpoint: existing(last),
    });
    const value = metrics[wanted.metric];
    if (value === undefined)
      throw new Error(
        `There is no metric "${wanted.metric}" to judge by; there are ${Object.keys(metrics).join(', ')}.`,
      );
    const record = progress.best?.value;
    const best = record === undefined || (wanted.mode === 'max' ? value > record : value < record);
    if (best) progress = { ...progress, best: { metric: wanted.metric, value, step } };
    if (best) await save('best.safetensors');
    const seconds = (performance.now() - started) / 1000;
    await tell((callback) =>
      callback.onEvaluation?.({ step, epoch: step / stepsPerEpoch, metrics, images, seconds, best }),
    );
    return metrics;
  };

  let evaluation: Metrics | undefined;
  try {
    const parameters = countParameters(objective.variables);
    const { step, steps: total } = progress;
    await tell((callback) =>
      callback.onStart?.({ step, steps: total, stepsPerEpoch, parameters, executor: executor.name }),
    );
    while (progress.step < progress.steps && signal?.aborted !== true) {
      await runEpoch();
      const due = progress.step % (stepsPerEpoch * evaluateEvery) === 0 || progress.step === progress.steps;
      if (due && validation !== undefined) evaluation = await assess(validation);
      await save('last.safetensors');
    }
    await program.pull();
    await tell((callback) => callback.onEnd?.());
  } finally {
    program.dispose();
    if (options.optimiser === undefined) disposeVariables(optimiser.state);
  }
  return {
    step: progress.step,
    finished: progress.step >= progress.steps,
    ...(evaluation === undefined ? {} : { evaluation }),
    ...(progress.best === undefined ? {} : { best: progress.best }),
  };
}

function existing(path: string | undefined): string | undefined {
  return path !== undefined && existsSync(path) ? path : undefined;
}
