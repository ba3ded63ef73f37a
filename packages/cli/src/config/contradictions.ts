import { randAugmentComplaint } from '@whereabouts/data';
import { builtInBackbone } from '../settings/model-settings.js';
import { type Contradiction, modelContradictions } from './model-contradictions.js';

/** What must hold between settings, each with the sentence for where it doesn't. */
export const contradictions: readonly Contradiction[] = [
  ...modelContradictions,
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
  ({ masking: { keepRatio }, data: { imageSize }, model: { patchSize } }, nameOf) => {
    if (keepRatio === 'none') return undefined;
    const positions = Math.floor(imageSize / patchSize) ** 2;
    const kept = Math.floor((keepRatio + 1e-9) * positions); // as keptCount rounds
    if (positions < 2)
      return `${nameOf('data.imageSize')} ${imageSize} and ${nameOf('model.patchSize')} ${patchSize} make a grid of one token, and a part of one token leaves nothing to paint: take smaller patches, or larger pictures.`;
    const name = `${nameOf('masking.keepRatio')} ${keepRatio}`;
    if (kept < 1)
      return `${name} keeps none of the ${positions} patches; a share of ${Math.ceil(1000 / positions) / 1000} keeps one.`;
    return kept < positions
      ? undefined
      : `${name} keeps all ${positions} patches, which leaves nothing to paint; take less, such as 0.25.`;
  },
  ({ masking: { keepRatio, decoderChannels, decoderHeads } }, nameOf) =>
    keepRatio === 'none' || (decoderChannels % 4 === 0 && decoderChannels % decoderHeads === 0)
      ? undefined
      : `${nameOf('masking.decoderChannels')} ${decoderChannels} does not fit ${nameOf('masking.decoderHeads')} ${decoderHeads}: 4 (for the encoding) and the heads must divide it.`,
  ({ masking: { keepRatio }, distillation: { teacher } }, nameOf) =>
    keepRatio === 'none' || teacher === 'none'
      ? undefined
      : `${nameOf('distillation.teacher')} teaches classes, which a masked model doesn't learn: leave it out, or ${nameOf('masking.keepRatio')}.`,
  ({ augmentation: { randAugment } }, nameOf) => {
    const complaint = randAugment === 'none' ? undefined : randAugmentComplaint(randAugment);
    return complaint && `${nameOf('augmentation.randAugment')}: ${complaint}`;
  },
];
