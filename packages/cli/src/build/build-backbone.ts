import {
  type Backbone,
  type HostTensor,
  type LoadReport,
  loadVariables,
  xavierUniform,
} from '@whereabouts/layers';
import { linearPixels, maskedCells, type PixelHead, pixelDecoder } from '@whereabouts/mae';
import { swin } from '@whereabouts/swin';
import { loadVit, masked, type Vit, vit } from '@whereabouts/vit';
import { namedModels } from '../settings/model-families.js';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { biasForWindows } from './bias-for-windows.js';

/** A backbone with first weights, and how those of another model get into it. */
export interface BuiltBackbone {
  readonly backbone: Backbone;
  /** The backbone where it is a ViT. */
  readonly vit?: Vit;
  /** A view that sees a share of each picture, and the head that paints the rest; absent where there is none. */
  readonly masked?: (keepRatio: number) => { readonly backbone: Backbone; readonly painter: PixelHead };
  /** Paths of such a view that only pretraining needs. */
  readonly pretrainingOnly?: readonly string[];
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
  if (model.backbone === builtInBackbone) return builtIn(config);
  const { loadBackbone } = await import('../backbone/load-backbone.js');
  const options = { ...model.backboneOptions, imageSize: data.imageSize, seed: training.seed };
  const backbone = await loadBackbone(model.backbone, options);
  return {
    backbone,
    load: (tensors, { partial } = {}) =>
      loadVariables(backbone.variables, tensors, { ...(partial && { partial }) }),
  };
}

/** The built-in model that a configuration describes. */
export function builtIn(config: TrainingConfig): BuiltBackbone {
  return builders[namedModels[config.model.name].family](config);
}

/** The first weights of a masked ViT are MAE's, Xavier uniform. */
function vitOfConfig({
  model,
  masking,
  data: { imageSize },
  training: { seed },
}: TrainingConfig): BuiltBackbone {
  const { patchSize, channels, depth, heads, pooling, positionEncoding } = model;
  const { distillationToken, registers, layerScale, dropPath } = model;
  const initialise = masking.keepRatio === 'none' ? {} : { initialise: xavierUniform };
  const made = vit({
    ...{ imageSize, patchSize, channels, depth, heads, pooling, positionEncoding },
    ...{ distillationToken, registers, layerScale, dropPath, seed, ...initialise },
  });
  const decoder = {
    channels: masking.decoderChannels,
    depth: masking.decoderDepth,
    heads: masking.decoderHeads,
  };
  return {
    ...builtVit(made),
    masked: (keepRatio) => {
      const backbone = masked(made, { keepRatio });
      const { spec } = backbone;
      return {
        backbone,
        painter: pixelDecoder({ spec, patchSize, target: masking.pixelTarget, ...decoder, seed }),
      };
    },
  };
}

/** A ViT, which takes the position encoding of other grids, too. */
export function builtVit(made: Vit): BuiltBackbone {
  return { backbone: made, vit: made, load: (tensors, options) => loadVit(made, tensors, options) };
}

function swinOfConfig({
  model,
  masking,
  data: { imageSize },
  training: { seed },
}: TrainingConfig): BuiltBackbone {
  const { patchSize, channels, depths, windowSize, relativePositionBias, mergeLastStage, dropPath } = model;
  const made = swin({
    ...{ imageSize, patchSize, channels, depths, windowSize, relativePositionBias, mergeLastStage },
    heads: depths.map((_, stage) => model.heads * 2 ** stage),
    ...{ dropPath, seed },
  });
  return {
    backbone: made,
    masked: (keepRatio) => {
      const backbone = maskedCells(made, { keepRatio, cellSize: masking.cellSize, seed });
      const patchSize = made.strides.at(-1) ?? model.patchSize;
      return {
        backbone,
        painter: linearPixels({ spec: backbone.spec, patchSize, target: masking.pixelTarget, seed }),
      };
    },
    pretrainingOnly: ['maskToken'],
    load: (tensors, { partial } = {}) =>
      loadVariables(made.variables, biasForWindows(made, tensors), { ...(partial && { partial }) }),
  };
}

const builders = { vit: vitOfConfig, swin: swinOfConfig } as const;
