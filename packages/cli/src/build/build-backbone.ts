import {
  type Backbone,
  type HostTensor,
  type LoadReport,
  loadVariables,
  xavierUniform,
} from '@whereabouts/layers';
import { loadVit, type Vit, vit } from '@whereabouts/vit';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** A backbone with first weights, and how those of another model get into it. */
export interface BuiltBackbone {
  readonly backbone: Backbone;
  /** The backbone where it is a ViT, of which there is a masked view. */
  readonly vit?: Vit;
  /** By path; throws where they don't fit unless `partial`. */
  readonly load: (
    tensors: Readonly<Record<string, HostTensor>>,
    options?: { readonly partial?: boolean },
  ) => LoadReport;
}

/**
 * Builds the backbone that a configuration describes: a built-in one, or that of a module; to be called once the backend is
 * open.
 *
 * @throws when the module makes no backbone that fits the images
 */
export async function buildBackbone(config: TrainingConfig): Promise<BuiltBackbone> {
  const { data, model, training } = config;
  if (model.backbone === builtInBackbone) return vitOfConfig(config);
  const { loadBackbone } = await import('../backbone/load-backbone.js');
  const options = { ...model.backboneOptions, imageSize: data.imageSize, seed: training.seed };
  const backbone = await loadBackbone(model.backbone, options);
  return {
    backbone,
    load: (tensors, { partial } = {}) =>
      loadVariables(backbone.variables, tensors, { ...(partial && { partial }) }),
  };
}

/** The ViT that a configuration describes; the first weights of a masked one are MAE's, Xavier uniform. */
export function vitOfConfig({
  model,
  masking,
  data: { imageSize },
  training: { seed },
}: TrainingConfig): BuiltBackbone {
  const {
    name: _name,
    backbone: _module,
    backboneOptions: _options,
    initialCheckpoint: _weights,
    partial: _partial,
    ...shape
  } = model;
  const initialise = masking.keepRatio === 'none' ? {} : { initialise: xavierUniform };
  return builtVit(vit({ ...shape, ...initialise, imageSize, seed }));
}

/** A ViT, which takes the position encoding of other grids, too. */
export function builtVit(made: Vit): BuiltBackbone {
  return { backbone: made, vit: made, load: (tensors, options) => loadVit(made, tensors, options) };
}
