import { augmentationSettings } from './augmentation-settings.js';
import { dataSettings } from './data-settings.js';
import { distillationSettings } from './distillation-settings.js';
import { emaSettings } from './ema-settings.js';
import { evaluationSettings } from './evaluation-settings.js';
import { labelSettings } from './label-settings.js';
import { maskingSettings } from './masking-settings.js';
import { modelSettings } from './model-settings.js';
import { optimiserSettings } from './optimiser-settings.js';
import { runSettings } from './run-settings.js';
import { scheduleSettings } from './schedule-settings.js';
import type { Setting } from './setting.js';
import { trainingSettings } from './training-settings.js';

/** Every setting of a training, in groups, in the order of the help. */
export const settings = {
  data: dataSettings,
  augmentation: augmentationSettings,
  model: modelSettings,
  masking: maskingSettings,
  labels: labelSettings,
  distillation: distillationSettings,
  training: trainingSettings,
  optimiser: optimiserSettings,
  schedule: scheduleSettings,
  ema: emaSettings,
  evaluation: evaluationSettings,
  run: runSettings,
} as const;

/** Every setting of a training by its path, such as `optimiser.learningRate`. */
export const settingsByPath: ReadonlyMap<string, Setting> = new Map(
  Object.entries(settings).flatMap(([group, members]) =>
    Object.entries(members).map(([name, setting]): [string, Setting] => [`${group}.${name}`, setting]),
  ),
);
