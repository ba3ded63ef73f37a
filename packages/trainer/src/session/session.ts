import { disposeVariables, gatherVariables } from '@whereabouts/layers';
import type { Callback } from '../callback.js';
import { type CheckpointFolder, checkpointFolder } from '../checkpoints/checkpoint-folder.js';
import type { Progress } from '../checkpoints/progress.js';
import { defaultExecutor } from '../default-executor.js';
import type { Program } from '../executor.js';
import type { Optimiser } from '../optimisers/optimiser.js';
import { evaluationStep } from '../steps/evaluation-step.js';
import type { TrainOptions } from '../train-options.js';
import { accumulatedUpdate } from '../updates/accumulated-update.js';
import { singleBatchUpdate } from '../updates/single-batch-update.js';
import type { Update } from '../updates/update.js';
import { type ScheduledNumbers, scheduledNumbers } from './scheduled-numbers.js';
import { type SessionEnd, sessionEnd } from './session-end.js';

/** What a session is made from. */
export type SessionOptions = TrainOptions & { readonly optimiser: Optimiser };

/** One run of `train`, ready to take steps. */
export interface Session {
  readonly options: SessionOptions;
  /** How far the training was when the session began. */
  readonly start: Progress;
  readonly numbers: ScheduledNumbers;
  readonly update: Update;
  readonly program: Program;
  readonly executor: string;
  readonly files: CheckpointFolder | undefined;
  readonly end: SessionEnd;
  /** Tells all callbacks in their order. */
  readonly tell: (follow: (callback: Callback) => void | Promise<void>) => Promise<void>;
  readonly dispose: () => void;
}

/**
 * Makes a training ready to run, and loads the checkpoint that it goes on from.
 *
 * @throws when there is a checkpoint, and it isn't to be resumed or belongs to another training
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { objective, optimiser, ema, clipNorm, batches, seed = 0, accumulate = 1 } = options;
  const { executor = defaultExecutor(), callbacks = [] } = options;
  const model = objective.variables;
  const files =
    options.checkpoints &&
    checkpointFolder(options.checkpoints, { model, optimiser: optimiser.state, ema: ema?.state });
  const stepsPerEpoch = Math.ceil(batches.length / accumulate);
  const steps = options.epochs * stepsPerEpoch;
  const frozen = objective.frozen?.length ?? 0;
  const fresh = { step: 0, steps, stepsPerEpoch, accumulate, seed, frozen };
  const start = (await files?.open(fresh)) ?? fresh;

  const numbers = scheduledNumbers(options);
  const { passScalarNames } = numbers;
  const changing = {
    objective,
    optimiser,
    passScalarNames,
    ...(clipNorm === undefined ? {} : { clipNorm }),
    ...(ema === undefined ? {} : { ema }),
  };
  const update =
    accumulate === 1 ? singleBatchUpdate(changing) : accumulatedUpdate({ ...changing, batches: accumulate });
  const program = await executor.prepare<string>(
    { ...update.steps, evaluate: evaluationStep(objective, passScalarNames) },
    gatherVariables({
      model: { variables: model },
      optimiser: { variables: optimiser.state },
      ema: { variables: ema?.state ?? {} },
      update,
    }),
  );
  return {
    options,
    start,
    numbers,
    update,
    program,
    executor: executor.name,
    files,
    end: sessionEnd(options, start.step),
    tell: async (follow) => {
      for (const callback of callbacks) await follow(callback);
    },
    dispose: () => {
      program.dispose();
      disposeVariables(update.variables);
    },
  };
}
