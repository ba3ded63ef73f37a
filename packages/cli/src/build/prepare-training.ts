import { batches, type DataSet } from '@whereabouts/data';
import { disposeVariables, type FeatureSpec } from '@whereabouts/layers';
import { type OpenBackend, openBackend } from '@whereabouts/runtime';
import { ema, type TrainOptions } from '@whereabouts/trainer';
import type { Chance } from '../display/metrics-text.js';
import type { DataDescription } from '../run/environment.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { evaluationBatchOptions, trainingBatchOptions } from './batch-options.js';
import { buildBackbone } from './build-backbone.js';
import { buildModel } from './build-model.js';
import { buildOptimiser } from './build-optimiser.js';
import { chooseExecutor } from './choose-executor.js';
import { evaluationRules } from './evaluation-rules.js';
import { learningRateSchedule } from './learning-rate.js';
import { loadWeights } from './load-weights.js';
import { readModelFile } from './model-file.js';
import { largestClassShare, openData } from './open-data.js';
import { openTeacher } from './open-teacher.js';
import { reconstructionWriter } from './reconstruction-writer.js';
import { termWeights } from './term-weights.js';

/** A training, ready to begin. */
export interface PreparedTraining {
  /** What `train` needs, but for where checkpoints go and who follows it. */
  readonly options: TrainOptions;
  readonly dataSet: DataSet;
  /** What the data was found to be, for people. */
  readonly title: string;
  readonly data: DataDescription;
  readonly backend: OpenBackend;
  /** Of the backbone. */
  readonly spec: FeatureSpec;
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
  /** What is worth knowing about where the first weights come from. */
  readonly notes: readonly string[];
  /** Writes reconstructions of validation pictures into a folder; absent where nothing is masked. */
  readonly writeReconstructions?: (folder: string) => Promise<readonly string[]>;
  readonly dispose: () => Promise<void>;
}

/**
 * Opens the data and the backend of a training, and builds what is trained. Writes nothing.
 *
 * @param options.onData told what the data holds, before the backend is opened; what it throws ends the preparation
 * @param options.onUnreadable told of each picture that can't be read and is replaced
 * @param options.resume whether weights come from a checkpoint anyway, so that those to start from aren't read
 * @throws when the data, the backend or a file of weights can't be used
 */
export async function prepareTraining(
  config: TrainingConfig,
  options: {
    readonly onData?: (data: DataDescription) => Promise<void>;
    readonly onUnreadable?: (problem: string) => void;
    readonly resume?: boolean;
  } = {},
): Promise<PreparedTraining> {
  const { evaluation, optimiser: updates, run } = config;
  const { seed, epochs } = config.training;
  const { dataSet, title, description } = await openData(config);
  const classes = config.masking.keepRatio === 'none' ? description.classes.length : 0;
  await options.onData?.(description);
  const { normalisation, train, validation } = dataSet;
  const report = options.onUnreadable ?? (() => {});
  const trainBatches = batches(train, {
    ...trainingBatchOptions(config, classes, report),
    normalisation,
  });
  const validationBatches = batches(validation, { ...evaluationBatchOptions(config, report), normalisation });
  const stepsPerEpoch = Math.ceil(trainBatches.length / updates.accumulation);
  const length = { steps: epochs * stepsPerEpoch, stepsPerEpoch };

  const { threads } = run;
  const backend = await openBackend({ backend: run.backend, ...(threads === 'auto' ? {} : { threads }) });
  const executor = chooseExecutor(run);
  const opened = await openTeacher(config, description);
  const model = buildModel(config, {
    classes,
    teacher: opened?.teacher,
    normalisation,
    own: await buildBackbone(config),
  });
  const { objective } = model;
  const { initialCheckpoint } = config.model;
  const isFresh = initialCheckpoint === 'none' || options.resume === true;
  const notes = isFresh
    ? []
    : loadWeights(await readModelFile(initialCheckpoint, 'The initial checkpoint'), {
        own: model.own,
        heads: model.heads,
        partial: config.model.partial,
      });
  const optimiser = buildOptimiser(objective, updates, length);
  const averages = config.ema.use
    ? ema({ ...objective, decay: config.ema.decay, warmup: config.ema.warmup ? {} : false })
    : undefined;
  return {
    options: {
      ...{ objective, optimiser, executor, epochs, seed },
      ...(averages && { ema: averages }),
      batches: trainBatches,
      validation: validationBatches,
      accumulate: updates.accumulation,
      learningRate: learningRateSchedule(config.schedule, length),
      weights: termWeights(config, length),
      ...(updates.clipNorm === 0 ? {} : { clipNorm: updates.clipNorm }),
      ...evaluationRules(evaluation, classes > 0),
    },
    dataSet,
    title,
    data: description,
    backend,
    spec: model.backbone.spec,
    chance: {
      ...(classes === 0 ? {} : { 'classes.accuracy': largestClassShare(validation) }),
      ...model.chance,
    },
    notes,
    ...(model.reconstruct && {
      writeReconstructions: reconstructionWriter(config, model.reconstruct, dataSet),
    }),
    dispose: async () => {
      disposeVariables(model.variables);
      disposeVariables(optimiser.state);
      if (averages !== undefined) disposeVariables(averages.state);
      opened?.dispose();
      await Promise.all([trainBatches.close(), validationBatches.close()]);
    },
  };
}
