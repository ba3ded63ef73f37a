import { batches } from '@whereabouts/data';
import { disposeVariables } from '@whereabouts/layers';
import { type OpenBackend, openBackend } from '@whereabouts/runtime';
import { evaluate, loadModel, type Metrics } from '@whereabouts/trainer';
import { requireSameBackbone } from '../backbone/backbone-file.js';
import { evaluationBatchOptions } from '../build/batch-options.js';
import { buildBackbone } from '../build/build-backbone.js';
import { buildModel } from '../build/build-model.js';
import { chooseExecutor } from '../build/choose-executor.js';
import { largestClassShare, openData } from '../build/open-data.js';
import { termWeightsAt } from '../build/term-weights.js';
import { usageError } from '../command-line/usage-error.js';
import type { Chance } from '../display/metrics-text.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { requireSameData } from './environment.js';
import { findCheckpoint } from './find-checkpoint.js';
import { readRunConfig } from './run-folder.js';
import { runPaths } from './run-paths.js';

/** What an evaluation found. */
export interface EvaluationResult {
  /** The file that was evaluated. */
  readonly checkpoint: string;
  /** After which step it was written. */
  readonly step: number;
  readonly split: string;
  readonly images: number;
  /** Means over all pictures of the split. */
  readonly metrics: Metrics;
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
  readonly backend: OpenBackend;
}

/**
 * Evaluates a checkpoint of a run on a split of its data, as the command `whereabouts evaluate` does. Writes nothing.
 *
 * @param run its folder, or a checkpoint file in that
 * @param options.checkpoint of a folder; `best` unless given
 * @param options.split `validation` unless given
 * @throws when the folder is no run, has no such checkpoint, or its data has no such split
 * @example
 * ```ts
 * import { runEvaluation } from 'whereabouts';
 *
 * const failure = await runEvaluation('no-such-run').catch((error: Error) => error.message);
 * failure; // => "There is no run no-such-run."
 * ```
 */
export async function runEvaluation(
  run: string,
  options: {
    readonly checkpoint?: 'best' | 'last';
    readonly split?: string;
    readonly backend?: TrainingConfig['run']['backend'];
    readonly threads?: TrainingConfig['run']['threads'];
    readonly executor?: TrainingConfig['run']['executor'];
  } = {},
): Promise<EvaluationResult> {
  const { checkpoint = 'best', split = 'validation' } = options;
  const { folder, file } = await findCheckpoint(run, { checkpoint });
  const config = await readRunConfig(folder);
  const { backend: backendName = config.run.backend, threads = config.run.threads } = options;
  const { executor = config.run.executor } = options;
  const paths = runPaths(folder);
  const { dataSet, description } = await openData(config);
  await requireSameData(paths.environment, description);
  await requireSameBackbone(paths.environment, config);
  const { train, validation, test, normalisation } = dataSet;
  const examples = Object.entries({ train, validation, test }).find(([name]) => name === split)?.[1];
  if (examples === undefined)
    throw usageError(
      `The data has no split "${split}"; it has ${Object.keys(description.pictures).join(', ')}.`,
    );

  const backend = await openBackend({ backend: backendName, ...(threads === 'auto' ? {} : { threads }) });
  const judged = batches(examples, { ...evaluationBatchOptions(config), normalisation });
  const model = buildModel(config, {
    classes: description.classes.length,
    own: await buildBackbone(config),
  });
  try {
    const progress = await loadModel(file, model.variables);
    const { step } = progress;
    const metrics = await evaluate({
      objective: model.objective,
      weights: termWeightsAt(config, progress, step),
      // Evaluated op by op, a model that was trained in bf16 is evaluated in float32.
      executor: chooseExecutor({
        executor,
        precision: executor === 'eager' ? 'float32' : config.run.precision,
      }),
      batches: judged,
    });
    const largest = model.classifier === undefined ? {} : { 'classes.accuracy': largestClassShare(examples) };
    const chance = { ...largest, ...model.chance };
    return { checkpoint: file, step, split, images: examples.length, metrics, chance, backend };
  } finally {
    disposeVariables(model.variables);
    await judged.close();
  }
}
