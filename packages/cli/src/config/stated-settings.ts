import { namedModels } from '../settings/model-families.js';
import { builtInBackbone, modelSettings, shapeSettings } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

const meaningless = ['name', ...Object.keys(shapeSettings)];

/**
 * What a configuration says, as a request that means the same: a backbone of one's own has neither the name nor the shape of a
 * built-in model, so these are left out.
 */
export function statedSettings(config: TrainingConfig): object {
  const { model } = config;
  if (model.backbone === builtInBackbone) return config;
  const stated = Object.entries(model).filter(([name]) => !meaningless.includes(name));
  return { ...config, model: Object.fromEntries(stated) };
}

/**
 * Settings by path with those that were left out as meaningless at their defaults, which nobody reads.
 *
 * @param stated settings of a whole configuration, by path
 */
export function withUnstatedSettings(
  stated: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if ((stated['model.backbone'] ?? builtInBackbone) === builtInBackbone) return stated;
  const { name } = modelSettings;
  const defaults = Object.fromEntries(
    Object.entries(shapeSettings).map(([setting, { default: value }]) => [setting, value]),
  );
  const unstated = { name: name.default, ...defaults, ...namedModels['vit-tiny'].settings };
  return {
    ...Object.fromEntries(Object.entries(unstated).map(([setting, value]) => [`model.${setting}`, value])),
    ...stated,
  };
}
