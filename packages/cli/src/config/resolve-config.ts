import { type DecoderSize, maeSizes } from '@whereabouts/mae';
import { handToModule } from '../backbone/hand-to-module.js';
import { usageError } from '../command-line/usage-error.js';
import { namedModels } from '../settings/model-families.js';
import type { Setting } from '../settings/setting.js';
import { settingsByPath } from '../settings/settings.js';
import type { TrainingConfig, TrainingRequest } from '../settings/training-config.js';
import { checkSettings } from './check-settings.js';
import { contradictions } from './contradictions.js';
import type { Given } from './given.js';
import { mergeGiven } from './merge-given.js';
import { presetSettings } from './presets.js';
import { readSettings } from './read-settings.js';

/**
 * Spells out every setting of a training and refuses what cannot be run, before anything is read or written.
 *
 * What is given counts more than the preset, and that more than the defaults. The path of the data becomes absolute, so
 * that a run can be resumed from another folder.
 *
 * @throws when there is no such setting, a value is not what a setting takes, or two don't fit together
 * @example
 * ```ts
 * import { resolveConfig } from 'whereabouts';
 *
 * const { model, schedule } = resolveConfig({
 *   data: { path: 'fashion-mnist' },
 *   model: { name: 'vit-small' },
 *   training: { epochs: 20 },
 * });
 * [model.channels, schedule.warmupEpochs]; // => [384, 2]
 * ```
 */
export function resolveConfig(request: TrainingRequest): TrainingConfig {
  const { preset, ...asked } = request;
  const { given, complaints } = readSettings(asked, { folder: process.cwd() });
  if (complaints.length > 0) throw usageError(complaints.join('\n'));
  return resolveSettings(handToModule([presetSettings(preset), given]));
}

/**
 * Spells out every setting of a training from what several sources give, of which a later one counts more.
 *
 * @throws as `resolveConfig`, calling every setting as its giver does
 */
export function resolveSettings(sources: readonly (readonly Given[])[]): TrainingConfig {
  const merged = mergeGiven(sources);
  if ((merged.get('data.path')?.value ?? '') === '')
    throw usageError('Say what to train on: --data with a folder of pictures, or --data fashion-mnist.');
  const given = Object.fromEntries([...merged].map(([path, { value }]) => [path, value]));
  const plain = { ...defaults, ...given };
  const nameOf = (path: string) =>
    merged.get(path)?.name ?? `--${(settingsByPath.get(path) as Setting).flag}`;
  const checked = checkSettings({ ...derived(plain), ...plain }, nameOf);
  if ('complaints' in checked) throw usageError(checked.complaints.join('\n'));
  const contradiction = contradictions.map((find) => find(checked.config, nameOf)).find(Boolean);
  if (contradiction !== undefined) throw usageError(contradiction);
  return checked.config;
}

const defaults: Readonly<Record<string, unknown>> = Object.fromEntries(
  [...settingsByPath].flatMap(([path, setting]) =>
    setting.default === undefined ? [] : [[path, setting.default]],
  ),
);

/** The decoders of masked models, by the name of the encoder. */
const decoders: Readonly<Record<string, DecoderSize>> = Object.fromEntries(
  Object.entries(maeSizes).map(([name, { decoder }]) => [`vit-${name}`, decoder]),
);

/** Settings whose default follows from others, which may be of any type yet. */
function derived(plain: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const name = String(plain['model.name']);
  const model = Object.entries(namedModels).find(([known]) => known === name)?.[1].settings ?? {};
  const depths: unknown = plain['model.depths'] ?? model.depths;
  const decoder = decoders[name] ?? maeSizes.tiny.decoder;
  const numberAt = (path: string) => Number(plain[path]);
  const base = plain['schedule.baseLearningRate'];
  const pictures = numberAt('training.batchSize') * numberAt('optimiser.accumulation');
  const scaled = (Number(base) * pictures) / numberAt('schedule.baseBatchSize');
  return {
    ...(isList(depths) && depths.length > 0 ? { 'model.depth': total(depths) } : {}),
    ...Object.fromEntries(Object.entries(model).map(([setting, value]) => [`model.${setting}`, value])),
    'masking.decoderChannels': decoder.channels,
    'masking.decoderDepth': decoder.depth,
    'masking.decoderHeads': decoder.heads,
    'evaluation.batchSize': plain['training.batchSize'],
    'optimiser.weightDecay': plain['optimiser.name'] === 'adamw' ? 0.05 : 0,
    'schedule.learningRate': base === 'none' ? 5e-4 : scaled,
    'schedule.warmupEpochs': numberAt('training.epochs') / 10,
  };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const total = (depths: readonly unknown[]): number =>
  depths.reduce<number>((sum, depth) => sum + Number(depth), 0);
