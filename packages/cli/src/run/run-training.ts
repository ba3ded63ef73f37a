import { batches } from '@whereabouts/data';
import { disposeVariables } from '@whereabouts/layers';
import { type OpenBackend, openBackend } from '@whereabouts/runtime';
import { adamW, type Callback, type Metrics, train, warmupCosine } from '@whereabouts/trainer';
import { backboneFileOf, requireSameBackbone } from '../backbone/backbone-file.js';
import type { Chance } from '../display/metrics-text.js';
import type { RunFacts } from '../display/run-facts.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { chooseExecutor } from './choose-executor.js';
import { readEnvironment, recordSession, requireSameData } from './environment.js';
import { readJson, writeJson } from './json-file.js';
import { lastEvaluation, metricsWriter } from './metrics-file.js';
import { largestClassShare, openData } from './open-data.js';
import { openModel } from './open-model.js';
import { createRunFolder, requireNewRun } from './run-folder.js';
import { runPaths } from './run-paths.js';
import { measureSpeed } from './speed.js';

/** How a run ended. */
export interface RunResult {
  readonly folder: string;
  /** Steps done, those before a resume included. */
  readonly step: number;
  readonly steps: number;
  /** Whether all steps were done: false after an abort. */
  readonly finished: boolean;
  /** Of the validation split at the end of the last whole epoch: `loss`, `classes.accuracy`, `absolute.accuracy`, ... */
  readonly evaluation?: Metrics;
  /** The evaluation with the highest `classes.accuracy`, whose weights are in `best.safetensors`. */
  readonly best?: { readonly metric: string; readonly value: number; readonly step: number };
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
  /** Over all steps of this session, with the wait for pictures and without evaluations; absent if there were none. */
  readonly imagesPerSecond?: number;
  readonly backend: OpenBackend;
}

/**
 * Trains a ViT into a run folder, as the command `whereabouts train` does, without a process of its own.
 *
 * @param options.folder of the run; it must not exist or be empty, unless `resume`
 * @param options.resume go on from the last checkpoint in the folder; `config` must be that of its `config.json`
 * @param options.onReady told what runs where on what, when the first step is about to begin
 * @param options.signal when aborted, a checkpoint is written after the step in progress
 * @throws when the data, the backend or the folder can't be used, and when a loss stops being a number
 * @example
 * ```ts
 * import { resolveConfig, runTraining } from 'whereabouts';
 *
 * const config = resolveConfig({ data: { path: 'no-such-folder' }, run: { backend: 'cpu' } });
 * const failure = await runTraining(config, { folder: 'no-such-run' }).catch((error: Error) => error.message);
 * String(failure).startsWith('There is no folder'); // => true
 * ```
 */
export async function runTraining(
  config: TrainingConfig,
  options: {
    readonly folder: string;
    readonly resume?: boolean;
    readonly callbacks?: readonly Callback[];
    readonly onReady?: (facts: RunFacts) => void;
    readonly signal?: AbortSignal;
  },
): Promise<RunResult> {
  const { folder, resume = false, callbacks = [], onReady } = options;
  const { imageSize } = config.data;
  const { batchSize, seed, epochs } = config.training;
  const { threads, checkpointEvery } = config.run;
  const paths = runPaths(folder);
  if (!resume) await requireNewRun(folder);

  const { dataSet, description } = await openData(config);
  await requireSameData(paths.environment, description);
  const backboneFile = await backboneFileOf(config);
  requireSameBackbone((await readEnvironment(paths.environment))?.backbone, backboneFile);
  const { normalisation, train: training, validation } = dataSet;
  const augmentation = { scale: config.augmentation.scale, hflip: config.augmentation.horizontalFlip };
  const trainBatches = batches(training, { batchSize, imageSize, normalisation, augmentation, seed });
  const validationBatches = batches(validation, {
    batchSize: config.evaluation.batchSize,
    imageSize,
    normalisation,
  });

  const backend = await openBackend({
    backend: config.run.backend,
    ...(threads === 'auto' ? {} : { threads }),
  });
  const executor = chooseExecutor(config.run);
  const model = await openModel(config, description.classes.length);
  const chance = { 'classes.accuracy': largestClassShare(validation), ...model.chance };
  const steps = epochs * trainBatches.length;
  const speed = measureSpeed();

  const bookkeeping: Callback = {
    onStart: async (start) => {
      if (!resume) await createRunFolder(folder, config);
      await recordSession(paths.environment, description, { step: start.step, backend }, backboneFile);
      onReady?.({
        ...start,
        folder,
        config,
        backend,
        data: description,
        spec: model.spec,
        ...(backboneFile === undefined ? {} : { backboneFile }),
        ignored: dataSet.ignored ?? [],
        chance,
      });
    },
    onStep: speed.add,
  };
  const optimiser = adamW({ ...model.objective, weightDecay: config.optimiser.weightDecay });
  try {
    const result = await train({
      objective: model.objective,
      batches: trainBatches,
      validation: validationBatches,
      epochs,
      evaluateEvery: config.evaluation.every,
      learningRate: warmupCosine({
        peak: config.optimiser.learningRate,
        minimum: config.optimiser.minimumLearningRate,
        warmupSteps: Math.round(config.optimiser.warmupEpochs * trainBatches.length),
        steps,
      }),
      optimiser,
      executor,
      ...(config.optimiser.clipNorm === 0 ? {} : { clipNorm: config.optimiser.clipNorm }),
      seed,
      checkpoints: {
        folder: paths.checkpoints,
        resume,
        ...(checkpointEvery === 0 ? {} : { everySteps: checkpointEvery }),
      },
      best: { metric: 'classes.accuracy', mode: 'max' },
      callbacks: [metricsWriter(paths.metrics), bookkeeping, ...callbacks],
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const evaluation = result.evaluation ?? (await lastEvaluation(paths.metrics));
    const ended: RunResult = {
      folder,
      step: result.step,
      steps,
      finished: result.finished,
      ...(evaluation === undefined ? {} : { evaluation }),
      ...(result.best === undefined ? {} : { best: result.best }),
      chance,
      ...(speed.imagesPerSecond() === 0 ? {} : { imagesPerSecond: speed.imagesPerSecond() }),
      backend,
    };
    const news = speed.imagesPerSecond() > 0 || (await readJson(paths.summary)) === undefined;
    if (ended.finished && news) await writeJson(paths.summary, ended);
    return ended;
  } finally {
    disposeVariables(model.variables);
    disposeVariables(optimiser.state);
  }
}
