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

/**
 * Recipes by name, as `--preset` takes them. What is given besides counts more.
 *
 * @source each preset's `description`
 */
export const presets = {
  paper: {
    description: 'ViT with absolute position labels: Zhang & Gong, AAAI 2023, and their code',
    settings: {
      data: { imageSize: 224 },
      model: { name: 'vit-base', patchSize: 16, dropPath: 0 },
      labels: { absolute: 0.5, relative: 0, smoothing: 0.1 },
      training: { batchSize: 256, epochs: 300 },
      optimiser: {
        ...{ baseLearningRate: 5e-4, baseBatchSize: 512, minimumLearningRate: 5e-6 },
        ...{ warmupEpochs: 10, weightDecay: 0.05, clipNorm: 5 },
      },
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
