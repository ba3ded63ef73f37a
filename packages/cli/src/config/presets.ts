import { nearestName } from '../command-line/nearest-name.js';
import { usageError } from '../command-line/usage-error.js';
import type { TrainingConfig } from '../settings/training-config.js';
import type { Given } from './given.js';
import { readSettings } from './read-settings.js';

/** Settings that go together. */
export interface Preset {
  /** What it is for, and where its numbers come from. */
  readonly description: string;
  readonly settings: { readonly [Group in keyof TrainingConfig]?: Partial<TrainingConfig[Group]> };
}

/** What all of these recipes do to training pictures. */
const ofTimm = {
  scale: [0.08, 1],
  ratio: [3 / 4, 4 / 3],
  horizontalFlip: 0.5,
  interpolation: 'bicubic',
  randAugment: 'rand-m9-mstd0.5-inc1',
  erasing: 0.25,
  erasingMode: 'pixel',
} as const;

/**
 * Recipes by name, as `--preset` takes them. What is given besides counts more.
 *
 * @source each preset's `description`
 */
export const presets = {
  paper: {
    description:
      'absolute position labels on a ViT-B: Zhang & Gong, AAAI 2023, and their code; for relative ones, --absolute 0 --relative 0.5',
    settings: {
      data: { imageSize: 224 },
      augmentation: { ...ofTimm, mixup: 0.8, cutmix: 0 },
      model: { name: 'vit-base', patchSize: 16, dropPath: 0 },
      labels: { absolute: 0.5, relative: 0, smoothing: 0.1 },
      training: { batchSize: 256, epochs: 300 },
      optimiser: { name: 'adamw', weightDecay: 0.05, clipNorm: 5 },
      schedule: {
        ...{ baseLearningRate: 5e-4, baseBatchSize: 512, minimumLearningRate: 5e-6 },
        warmupEpochs: 10,
      },
    },
  },
  deit: {
    description:
      'a DeiT-B from scratch without a teacher: Touvron et al. 2021, table 9, and their code; --teacher-path adds the teacher, deit-base its token',
    settings: {
      data: { imageSize: 224 },
      augmentation: { ...ofTimm, mixup: 0.8, cutmix: 1, repeats: 3 },
      model: { name: 'vit-base', patchSize: 16, dropPath: 0.1 },
      labels: { absolute: 0, relative: 0, smoothing: 0.1 },
      distillation: { type: 'hard', share: 0.5 },
      training: { batchSize: 1024, epochs: 300 },
      optimiser: { name: 'adamw', weightDecay: 0.05, clipNorm: 0 },
      schedule: {
        ...{ baseLearningRate: 5e-4, baseBatchSize: 512, minimumLearningRate: 1e-5 },
        ...{ warmupEpochs: 5, warmupLearningRate: 1e-6 },
      },
      ema: { use: true, decay: 0.99996, warmup: false },
    },
  },
  'mae-finetune': {
    description:
      'fine-tuning a ViT-B that MAE pretrained: He et al. 2022, table 9, and their code; give its weights by --initial-checkpoint',
    settings: {
      data: { imageSize: 224 },
      augmentation: { ...ofTimm, mixup: 0.8, cutmix: 1 },
      model: { name: 'vit-base', patchSize: 16, dropPath: 0.1, pooling: 'average' },
      labels: { absolute: 0, relative: 0, smoothing: 0.1 },
      training: { batchSize: 1024, epochs: 100 },
      optimiser: { name: 'adamw', weightDecay: 0.05, clipNorm: 0, layerDecay: 0.65 },
      schedule: {
        ...{ baseLearningRate: 5e-4, baseBatchSize: 256, minimumLearningRate: 1e-6 },
        warmupEpochs: 5,
      },
    },
  },
  'mae-pretrain': {
    description:
      'pretraining a ViT-B as MAE does: He et al. 2022, table 8, and their code; position labels are off, as there, and come with --absolute 0.5',
    settings: {
      data: { imageSize: 224 },
      augmentation: {
        ...{ scale: [0.2, 1], ratio: [3 / 4, 4 / 3], horizontalFlip: 0.5, interpolation: 'bicubic' },
      },
      model: { name: 'vit-base', patchSize: 16, positionEncoding: 'sine-cosine', pooling: 'class-token' },
      masking: {
        ...{ keepRatio: 0.25, pixelTarget: 'normalised' },
        ...{ decoderChannels: 512, decoderDepth: 8, decoderHeads: 16 },
      },
      labels: { absolute: 0, relative: 0 },
      training: { batchSize: 4096, epochs: 800 },
      optimiser: { name: 'adamw', betas: [0.9, 0.95], weightDecay: 0.05, clipNorm: 0 },
      schedule: {
        ...{ baseLearningRate: 1.5e-4, baseBatchSize: 256, minimumLearningRate: 0 },
        warmupEpochs: 40,
      },
    },
  },
  'simmim-pretrain': {
    description:
      'pretraining a Swin-B as SimMIM does: Xie et al. 2022, and their code for 100 epochs; position labels are off, as there, and come with --absolute 0.5',
    settings: {
      data: { imageSize: 192 },
      augmentation: {
        ...{ scale: [0.67, 1], ratio: [3 / 4, 4 / 3], horizontalFlip: 0.5, interpolation: 'bicubic' },
      },
      model: { name: 'swin-base', patchSize: 4, windowSize: 6, dropPath: 0 },
      masking: { keepRatio: 0.4, cellSize: 32, pixelTarget: 'plain' },
      labels: { absolute: 0, relative: 0 },
      training: { batchSize: 2048, epochs: 100 },
      optimiser: { name: 'adamw', weightDecay: 0.05, clipNorm: 5 },
      schedule: {
        ...{ baseLearningRate: 2e-4, baseBatchSize: 512, minimumLearningRate: 1e-5 },
        ...{ warmupEpochs: 10, warmupLearningRate: 1e-6 },
      },
    },
  },
  finetune: {
    description:
      'fine-tuning a small ViT on few pictures, as finetune does by default: mae-finetune with less of everything; our own numbers',
    settings: {
      augmentation: { mixup: 0.2, cutmix: 0 },
      model: { dropPath: 0.1 },
      labels: { absolute: 0, relative: 0, smoothing: 0.1 },
      optimiser: { name: 'adamw', weightDecay: 0.05, layerDecay: 0.75 },
    },
  },
} as const satisfies Readonly<Record<string, Preset>>;

/** A preset's name. */
export type PresetName = keyof typeof presets;

/**
 * The settings of a preset as if they had been given.
 *
 * @param name undefined for none
 * @param from how it was asked for, for the message
 * @throws when there is no such preset
 */
export function presetSettings(name: unknown, from = 'preset'): readonly Given[] {
  if (name === undefined) return [];
  const preset: Preset | undefined = Object.entries(presets).find(([known]) => known === name)?.[1];
  if (preset === undefined) throw usageError(unknownPreset(name, from));
  const { given } = readSettings(preset.settings, { folder: '', place: () => ` (preset ${name})` });
  return given;
}

function unknownPreset(name: unknown, from: string): string {
  const names = Object.keys(presets);
  const nearest = nearestName(String(name), names);
  const suggestion = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return `${from} is ${JSON.stringify(name)}, but expected is one of ${names.join(', ')}.${suggestion}`;
}
