import type { OpenBackend } from '@whereabouts/runtime';
import type { Executor, FeatureTable } from '@whereabouts/trainer';
import { chooseExecutor } from '../build/choose-executor.js';
import { largestClassShare, openData } from '../build/open-data.js';
import { usageError } from '../command-line/usage-error.js';
import type { FoundCheckpoint } from '../run/find-checkpoint.js';
import { openTrainedModel } from '../run/open-trained-model.js';
import { requireClasses } from '../run/require-classes.js';
import { runPaths } from '../run/run-paths.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { splitFeatures } from './split-features.js';

/** Features to judge a model by. */
export interface JudgedFeatures {
  /** Of the training split. */
  readonly known: FeatureTable;
  /** Of the split that is asked about. */
  readonly asked: FeatureTable;
  /** Share of the largest class in the split that is asked about. */
  readonly chance: number;
  /** The file of the weights. */
  readonly checkpoint: string;
  /** Steps that they were trained. */
  readonly step: number;
  readonly backend: OpenBackend;
  readonly executor: Executor;
}

/**
 * Opens a trained model, whole and not masked, and takes its features of the training split and of another one.
 *
 * @param options.data a folder with labels; the run's own data where it is undefined
 * @throws when the data has no labels, or no such split
 */
export async function judgedFeatures(
  found: FoundCheckpoint,
  options: {
    readonly split: 'validation' | 'test';
    readonly data: string | undefined;
    readonly engine: TrainingConfig['run'];
  },
): Promise<JudgedFeatures> {
  const { split, data, engine } = options;
  const model = await openTrainedModel(found, engine);
  try {
    const config = dataOf(model.config, data);
    const { dataSet, description } = await openData(config);
    requireClasses(description, config.data.path);
    const asked = dataSet[split];
    if (asked === undefined)
      throw usageError(
        `The data has no split "${split}"; it has ${Object.keys(description.pictures).join(', ')}.`,
      );
    const executor = chooseExecutor({
      executor: engine.executor,
      precision: engine.executor === 'eager' ? 'float32' : model.config.run.precision,
    });
    const where = { folder: runPaths(found.folder).features, executor };
    return {
      known: await splitFeatures(model, dataSet.train, where),
      asked: await splitFeatures(model, asked, where),
      chance: largestClassShare(asked),
      ...{ checkpoint: model.checkpoint, step: model.step, backend: model.backend, executor },
    };
  } finally {
    model.dispose();
  }
}

function dataOf(config: TrainingConfig, path: string | undefined): TrainingConfig {
  if (path === undefined) return config;
  return { ...config, data: { ...config.data, path, layout: 'auto' } };
}
