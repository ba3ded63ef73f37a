import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { type BuiltModel, buildModel } from './build-model.js';

/**
 * Builds what a configuration describes, on the backbone of a module where it names one; to be called once the backend is
 * open.
 *
 * @param classes how many the data has
 * @throws when the module makes no backbone that fits the images, or one that a head cannot sit on
 */
export async function openModel(config: TrainingConfig, classes: number): Promise<BuiltModel> {
  const { data, model, training } = config;
  if (model.backbone === builtInBackbone) return buildModel(config, classes);
  const options = { ...model.backboneOptions, imageSize: data.imageSize, seed: training.seed };
  const { loadBackbone } = await import('../backbone/load-backbone.js');
  return buildModel(config, classes, await loadBackbone(model.backbone, options));
}
