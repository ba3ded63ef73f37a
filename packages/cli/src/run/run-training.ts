import type { OpenBackend } from '@whereabouts/runtime';
import { type Callback, type EndReason, type Metrics, train } from '@whereabouts/trainer';
import { requireSameBackbone } from '../backbone/backbone-file.js';
import { prepareTraining } from '../build/prepare-training.js';
import type { Chance } from '../display/metrics-text.js';
import type { RunFacts } from '../display/run-facts.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { recordSession, requireSameData } from './environment.js';
import { readJson, writeJson } from './json-file.js';
import { lastEvaluation, metricsWriter } from './metrics-file.js';
import { requireClasses } from './require-classes.js';
import { createRunFolder, requireNewRun } from './run-folder.js';
import { runPaths } from './run-paths.js';
import { measureSpeed } from './speed.js';

/** How a run ended. */
export interface RunResult {
  readonly folder: string;
  /** Steps done, those before a resume included. */
  readonly step: number;
  readonly steps: number;
  readonly reason: EndReason;
  /** Whether nothing is left to do: after all steps and after early stopping. */
  readonly finished: boolean;
  /** Of the validation split, the last one: `loss`, `classes.accuracy`, `absolute.accuracy`, ... */
  readonly evaluation?: Metrics;
  /** The evaluation that was best by `evaluation.metric`, whose weights are in `best.safetensors`. */
  readonly best?: { readonly metric: string; readonly value: number; readonly step: number };
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
  /** Over all steps of this session, with the wait for pictures and without evaluations; absent if there were none. */
  readonly imagesPerSecond?: number;
  readonly backend: OpenBackend;
  /** Files of reconstructions, where a masked model painted some. */
  readonly reconstructions?: readonly string[];
}

/**
 * Trains a ViT into a run folder, as the command `whereabouts train` does, without a process of its own.
 *
 * @param options.folder of the run; it must not exist or be empty, unless `resume`
 * @param options.resume go on from the last checkpoint in the folder; `config` must be that of its `config.json`
 * @param options.onReady told what runs where on what, when the first step is about to begin
 * @param options.needsClasses whether a folder without labels is refused, before anything is written
 * @param options.onUnreadable told of each picture that can't be read and is replaced by another one
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
    readonly needsClasses?: boolean;
    readonly callbacks?: readonly Callback[];
    readonly onReady?: (facts: RunFacts) => void;
    readonly onUnreadable?: (problem: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<RunResult> {
  const { folder, resume = false, callbacks = [], onReady, signal } = options;
  const { checkpointEvery, stepBudget, timeBudget } = config.run;
  const paths = runPaths(folder);
  if (!resume) await requireNewRun(folder);
  const backboneFile = await requireSameBackbone(paths.environment, config);
  const prepared = await prepareTraining(config, {
    resume,
    onData: async (data) => {
      if (options.needsClasses === true) requireClasses(data, config.data.path);
      await requireSameData(paths.environment, data);
    },
    ...(options.onUnreadable && { onUnreadable: options.onUnreadable }),
  });
  const { data, dataSet, backend, chance } = prepared;
  const speed = measureSpeed();
  let steps = 0;

  const bookkeeping: Callback = {
    onStart: async (start) => {
      steps = start.steps;
      if (!resume) await createRunFolder(folder, config);
      await recordSession(paths.environment, data, { step: start.step, backend }, backboneFile);
      onReady?.({
        ...start,
        folder,
        config,
        backend,
        data,
        ignored: dataSet.ignored ?? [],
        chance,
        notes: prepared.notes,
        title: prepared.title,
        spec: prepared.spec,
        ...(backboneFile && { backboneFile }),
      });
    },
    onStep: speed.add,
  };
  try {
    const result = await train({
      ...prepared.options,
      checkpoints: {
        folder: paths.checkpoints,
        resume,
        ...(checkpointEvery === 0 ? {} : { everySteps: checkpointEvery }),
        keepBest: config.evaluation.keepBest,
      },
      budget: {
        ...(stepBudget === 'none' ? {} : { steps: stepBudget }),
        ...(timeBudget === 'none' ? {} : { seconds: timeBudget }),
      },
      callbacks: [metricsWriter(paths.metrics), bookkeeping, ...callbacks],
      ...(signal === undefined ? {} : { signal }),
    });
    const evaluation = result.evaluation ?? (await lastEvaluation(paths.metrics));
    const reconstructions = result.finished
      ? await prepared.writeReconstructions?.(paths.reconstructions)
      : undefined;
    const ended: RunResult = {
      folder,
      step: result.step,
      steps,
      reason: result.reason,
      finished: result.finished,
      ...(evaluation === undefined ? {} : { evaluation }),
      ...(result.best === undefined ? {} : { best: result.best }),
      chance,
      ...(speed.imagesPerSecond() === 0 ? {} : { imagesPerSecond: speed.imagesPerSecond() }),
      backend,
      ...(reconstructions === undefined || reconstructions.length === 0 ? {} : { reconstructions }),
    };
    const news = speed.imagesPerSecond() > 0 || (await readJson(paths.summary)) === undefined;
    if (ended.finished && news) await writeJson(paths.summary, ended);
    return ended;
  } finally {
    await prepared.dispose();
  }
}
