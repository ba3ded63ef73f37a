import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** Two settings that don't fit together, each in order by itself; undefined when all do. */
export type Contradiction = (config: TrainingConfig, nameOf: (path: string) => string) => string | undefined;

/** What must hold between settings, each with the sentence for where it doesn't. */
export const contradictions: readonly Contradiction[] = [
  ({ data: { imageSize }, model: { patchSize, backbone } }, nameOf) => {
    if (backbone !== builtInBackbone || imageSize % patchSize === 0) return undefined;
    const name = nameOf('data.imageSize');
    const below = Math.floor(imageSize / patchSize) * patchSize;
    const fitting = [below, below + patchSize].filter((size) => size > 0).join(' or ');
    return `${name} ${imageSize} is not a multiple of ${nameOf('model.patchSize')} ${patchSize}: take ${fitting}, or another patch.`;
  },
  ({ model: { channels, heads, backbone } }, nameOf) =>
    backbone !== builtInBackbone || channels % heads === 0
      ? undefined
      : `${nameOf('model.heads')} ${heads} does not divide ${nameOf('model.channels')} ${channels}: every head takes an equal part of the channels.`,
  ({ training: { epochs }, schedule: { warmupEpochs } }, nameOf) =>
    warmupEpochs < epochs
      ? undefined
      : `${nameOf('schedule.warmupEpochs')} ${warmupEpochs} leaves nothing of ${nameOf('training.epochs')} ${epochs} for the training itself; take fewer.`,
  ({ schedule, training, optimiser }, nameOf) => {
    const { learningRate, minimumLearningRate, baseLearningRate } = schedule;
    if (minimumLearningRate <= learningRate) return undefined;
    const pictures = training.batchSize * optimiser.accumulation;
    const why = baseLearningRate === 'none' ? '' : ` (by --lr-base, for ${pictures} pictures per step)`;
    return `${nameOf('schedule.minimumLearningRate')} ${minimumLearningRate} is above ${nameOf('schedule.learningRate')} ${learningRate}${why}; it is where the learning rate ends, so take less.`;
  },
  ({ model: { distillationToken, pooling } }, nameOf) =>
    distillationToken && pooling !== 'class-token'
      ? `${nameOf('model.distillationToken')} stands beside a class token, but ${nameOf('model.pooling')} is ${pooling}; take class-token.`
      : undefined,
];
