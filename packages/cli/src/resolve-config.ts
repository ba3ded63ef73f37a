import { resolve } from 'node:path';
import { vitSizes } from '@whereabouts/vit';
import { configComplaint } from './config-complaint.js';
import type { Flag } from './flag.js';
import { type TrainingConfig, type TrainingRequest, trainingConfigSchema } from './training-config.js';
import { trainingFlags } from './training-flags.js';
import { usageError } from './usage-error.js';

/** The name of the data set that needs no folder; a folder of this name is meant by `./fashion-mnist`. */
export const builtInData = 'fashion-mnist';

const sizes: Readonly<Record<string, { channels: number; depth: number; heads: number }>> = {
  'vit-tiny': vitSizes.tiny,
  'vit-small': vitSizes.small,
  'vit-base': vitSizes.base,
  'vit-large': vitSizes.large,
};

/**
 * Spells out the defaults of a training and refuses what cannot be run, before anything is read or written.
 *
 * The path of the data becomes absolute, so that a run can be resumed from another folder.
 *
 * @throws when a value is not what its flag expects, or two don't fit together
 * @example
 * ```ts
 * import { resolveConfig } from 'whereabouts';
 *
 * const { channels, warmupEpochs } = resolveConfig({ data: 'fashion-mnist', model: 'vit-small', epochs: 20 });
 * [channels, warmupEpochs]; // => [384, 2]
 * ```
 */
export function resolveConfig(request: TrainingRequest): TrainingConfig {
  if (request.data === undefined || request.data === '')
    throw usageError('Say what to train on: --data with a folder of pictures, or --data fashion-mnist.');
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  const plain: Record<string, unknown> = { ...defaults(), ...given };
  const asked = {
    ...sizes[String(plain.model)],
    evaluationBatchSize: plain.batchSize,
    warmupEpochs: typeof plain.epochs === 'number' ? plain.epochs / 10 : 0,
    ...plain,
    data: absoluteData(request.data),
  };
  const parsed = trainingConfigSchema.safeParse(asked);
  if (!parsed.success) throw usageError(sentence(configComplaint(parsed.error, asked)));
  const contradiction = contradictionIn(parsed.data);
  if (contradiction !== undefined) throw usageError(contradiction);
  return parsed.data;
}

/** A path of data that means the same from every folder. */
export function absoluteData(data: string): string {
  return data === builtInData ? data : resolve(data);
}

function defaults(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(trainingFlags).flatMap(([field, flag]: [string, Flag]) =>
      flag.default === undefined ? [] : [[field, flag.default]],
    ),
  );
}

function contradictionIn(config: TrainingConfig): string | undefined {
  const { imageSize, patchSize, channels, heads, epochs, warmupEpochs } = config;
  if (imageSize % patchSize !== 0) {
    const below = Math.floor(imageSize / patchSize) * patchSize;
    const fitting = [below, below + patchSize].filter((size) => size > 0).join(' or ');
    return `--img-size ${imageSize} is not a multiple of --patch-size ${patchSize}: take --img-size ${fitting}, or another patch.`;
  }
  if (channels % heads !== 0)
    return `--heads ${heads} does not divide --channels ${channels}: every head takes an equal part of the channels.`;
  if (warmupEpochs >= epochs)
    return `--warmup-epochs ${warmupEpochs} leaves nothing of --epochs ${epochs} for the training itself; take fewer.`;
  if (config.minimumLearningRate > config.learningRate)
    return `--min-lr ${config.minimumLearningRate} is above --lr ${config.learningRate}; it is where the learning rate ends, so take less.`;
  return undefined;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
