import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationReport, StepReport } from '../src/callback.js';
import { train } from '../src/train.js';
import type { TrainingResult, TrainOptions } from '../src/train-options.js';

/** What a training reported. */
export interface Followed {
  readonly steps: readonly StepReport[];
  readonly evaluations: readonly EvaluationReport[];
  readonly checkpoints: readonly string[];
  readonly result: TrainingResult;
}

/** A folder of its own for checkpoints. */
export const checkpointsFolder = () => mkdtemp(join(tmpdir(), 'whereabouts-train-'));

/**
 * Trains, and gives what was reported.
 *
 * @param stop the step after which the training is aborted; never unless given
 */
export async function follow(options: TrainOptions, stop?: number): Promise<Followed> {
  const steps: StepReport[] = [];
  const evaluations: EvaluationReport[] = [];
  const checkpoints: string[] = [];
  const abort = new AbortController();
  const result = await train({
    signal: abort.signal,
    ...options,
    callbacks: [
      {
        onStep: (report) => {
          steps.push(report);
          if (report.step === stop) abort.abort();
        },
        onEvaluation: (report) => void evaluations.push(report),
        onCheckpoint: ({ path }) => void checkpoints.push(path),
      },
      ...(options.callbacks ?? []),
    ],
  });
  return { steps, evaluations, checkpoints, result };
}
