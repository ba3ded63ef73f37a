import { batches, type DataSet } from '@whereabouts/data';
import { disposeVariables, type FeatureSpec } from '@whereabouts/layers';
import { type OpenBackend, openBackend } from '@whereabouts/runtime';
import { adamW, type TrainOptions, warmupCosine } from '@whereabouts/trainer';
import type { Chance } from '../display/metrics-text.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { chooseExecutor } from './choose-executor.js';
import type { DataDescription } from './environment.js';
import { largestClassShare, openData } from './open-data.js';
import { openModel } from './open-model.js';

/** A training, ready to begin. */
export interface PreparedTraining {
  /** What `train` needs, but for where checkpoints go and who follows it. */
  readonly options: TrainOptions;
  readonly dataSet: DataSet;
  readonly data: DataDescription;
  readonly backend: OpenBackend;
  /** Of the backbone. */
  readonly spec: FeatureSpec;
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
  readonly dispose: () => void;
}

/**
 * Opens the data and the backend of a training, and builds what is trained. Writes nothing.
 *
 * @param options.onData told what the data holds, before the backend is opened; what it throws ends the preparation
 * @throws when the data or the backend can't be used
 */
export async function prepareTraining(
  config: TrainingConfig,
  options: { readonly onData?: (data: DataDescription) => Promise<void> } = {},
): Promise<PreparedTraining> {
  const { augmentation, evaluation, optimiser: updates, run, training } = config;
  const { imageSize } = config.data;
  const { batchSize, seed, epochs } = training;
  const { dataSet, description } = await openData(config);
  await options.onData?.(description);
  const { normalisation, train, validation } = dataSet;
  const trainBatches = batches(train, {
    ...{ batchSize, imageSize, normalisation, seed },
    augmentation: { scale: augmentation.scale, hflip: augmentation.horizontalFlip },
  });
  const validationBatches = batches(validation, {
    batchSize: evaluation.batchSize,
    imageSize,
    normalisation,
  });

  const { threads } = run;
  const backend = await openBackend({ backend: run.backend, ...(threads === 'auto' ? {} : { threads }) });
  const executor = chooseExecutor(run);
  const { objective, variables, backbone, chance } = await openModel(config, description.classes.length);
  const optimiser = adamW({ ...objective, weightDecay: updates.weightDecay });
  return {
    options: {
      ...{ objective, optimiser, executor, epochs, seed },
      batches: trainBatches,
      validation: validationBatches,
      evaluateEvery: evaluation.every,
      learningRate: warmupCosine({
        peak: updates.learningRate,
        minimum: updates.minimumLearningRate,
        warmupSteps: Math.round(updates.warmupEpochs * trainBatches.length),
        steps: epochs * trainBatches.length,
      }),
      ...(updates.clipNorm === 0 ? {} : { clipNorm: updates.clipNorm }),
      best: { metric: 'classes.accuracy', mode: 'max' },
    },
    dataSet,
    data: description,
    backend,
    spec: backbone.spec,
    chance: { 'classes.accuracy': largestClassShare(validation), ...chance },
    dispose: () => {
      disposeVariables(variables);
      disposeVariables(optimiser.state);
    },
  };
}
