import { setImmediate } from 'node:timers/promises';
import { countParameters, disposeVariables } from '@whereabouts/layers';
import type { Metrics } from './callback.js';
import { learnedVariables } from './freeze.js';
import { adamW } from './optimisers/adamw.js';
import { assess } from './session/assess.js';
import { readEpoch } from './session/read-epoch.js';
import { openSession, type Session, type SessionOptions } from './session/session.js';
import { takeStep } from './session/take-step.js';
import { type EndReason, requireOptions, type TrainingResult, type TrainOptions } from './train-options.js';

/**
 * Trains an objective. The same seed and data give the same losses on every backend; a training that was stopped, or
 * killed, and resumed gives the same numbers as one that wasn't.
 *
 * @throws when a loss stops being a finite number (naming the term and the step; the last checkpoint stays intact),
 *   when the folder holds a checkpoint and `resume` is off, when it holds that of another training, and on options that
 *   contradict each other
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { train } from '@whereabouts/trainer';
 *
 * const variables = { x: variable(tf.scalar(3)) };
 * const objective = {
 *   variables, undecayed: [], weights: { square: 1 },
 *   terms: () => ({ square: { loss: tf.square(variables.x) as tf.Scalar } }),
 * };
 * const batches = { length: 20, async *epoch() { for (let i = 0; i < 20; i += 1) yield {}; } };
 * const result = await train({ objective, batches, epochs: 5, learningRate: 0.1 });
 * result.step; // => 100
 * Math.abs(variables.x.dataSync()[0]!) < 0.3; // => true
 * ```
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  requireOptions(options);
  const { optimiser } = options;
  if (optimiser !== undefined) return await trainWith({ ...options, optimiser });
  const usual = adamW(options.objective);
  try {
    return await trainWith({ ...options, optimiser: usual });
  } finally {
    disposeVariables(usual.state);
  }
}

async function trainWith(options: SessionOptions): Promise<TrainingResult> {
  const session = await openSession(options);
  try {
    return await runSession(session);
  } finally {
    session.dispose();
  }
}

async function runSession(session: Session): Promise<TrainingResult> {
  const { options, program, files, end, tell } = session;
  const { validation, checkpoints, objective } = options;
  const { steps, stepsPerEpoch, accumulate } = session.start;
  const stepsPerEvaluation = evaluationInterval(options.evaluateEvery, stepsPerEpoch);
  let progress = session.start;
  let saved = progress;
  let evaluation: Metrics | undefined;

  const evaluationIsDue = () => {
    const { step, evaluated = 0 } = progress;
    return step > evaluated && (step % stepsPerEvaluation === 0 || step === steps);
  };
  const checkpointIsDue = () =>
    [stepsPerEpoch, checkpoints?.everySteps ?? stepsPerEpoch].some((every) => progress.step % every === 0);
  /** Does what is due after a step, and says why the session ends there; undefined if it goes on. */
  const settle = async (): Promise<EndReason | undefined> => {
    if (validation !== undefined && evaluationIsDue() && end.urgent() === undefined) {
      const assessed = await assess(session, progress, validation);
      progress = assessed?.progress ?? progress;
      evaluation = assessed?.metrics ?? evaluation;
    }
    const postponed = validation !== undefined && evaluationIsDue(); // until the training goes on
    const reason = postponed ? end.urgent() : end.at(progress);
    if (files !== undefined && progress !== saved && (reason !== undefined || checkpointIsDue())) {
      await program.pull();
      const path = await files.saveLast(progress);
      await tell((callback) => callback.onCheckpoint?.({ step: progress.step, path }));
      saved = progress;
    }
    return reason;
  };

  const parameters = countParameters(learnedVariables(objective));
  const { step } = progress;
  await tell((callback) =>
    callback.onStart?.({ step, steps, stepsPerEpoch, parameters, executor: session.executor }),
  );
  let reason = await settle();
  while (reason === undefined) {
    const { step } = progress;
    const done = step % stepsPerEpoch;
    const epoch = readEpoch(options.batches, Math.floor(step / stepsPerEpoch), done * accumulate);
    try {
      do {
        progress = await takeStep(session, progress, epoch);
        await setImmediate(); // lets Ctrl-C and timers in, which data in memory would keep waiting
        reason = await settle();
      } while (reason === undefined && progress.step % stepsPerEpoch !== 0);
    } finally {
      await epoch.close();
    }
  }
  await program.pull();
  const result: TrainingResult = {
    step: progress.step,
    reason,
    finished: reason === 'all steps' || reason === 'early stopping',
    ...(evaluation === undefined ? {} : { evaluation }),
    ...(progress.best === undefined ? {} : { best: progress.best }),
  };
  await tell((callback) => callback.onEnd?.(result));
  return result;
}

function evaluationInterval(every: TrainOptions['evaluateEvery'] = 1, stepsPerEpoch: number): number {
  if (typeof every === 'number') return every * stepsPerEpoch;
  return 'steps' in every ? every.steps : every.epochs * stepsPerEpoch;
}
