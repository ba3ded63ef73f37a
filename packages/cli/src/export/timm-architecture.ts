import { usageError } from '../command-line/usage-error.js';
import { type ModelFamily, namedModels } from '../settings/model-families.js';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

type Shapes = Readonly<Record<string, { readonly shape: readonly number[] }>>;

/** A model in timm's words: which of its models to start from, and what is different. */
export interface TimmArchitecture {
  readonly architecture: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Names of its first convolution and of its classifiers, which timm replaces for other pictures and classes. */
  readonly firstConvolution: string;
  readonly classifier: string | readonly string[];
}

/**
 * Says in timm's words what a configuration's model is.
 *
 * @param backbone its weights by our paths, which tell how it pools and what it encodes
 * @throws when timm has no such model
 */
export function timmArchitecture(config: TrainingConfig, backbone: Shapes): TimmArchitecture {
  const { model } = config;
  if (model.backbone !== builtInBackbone)
    throw usageError(
      `The run trained ${model.backbone}, which other libraries don't have; only ViT, DeiT and Swin are exported. Its weights are written by convert --format whereabouts.`,
    );
  return descriptions[namedModels[model.name].family](config, backbone);
}

const descriptions: Readonly<
  Record<ModelFamily, (config: TrainingConfig, backbone: Shapes) => TimmArchitecture>
> = {
  vit: ({ model, data }, backbone) => {
    if (model.positionEncoding === 'conditional')
      throw usageError('A conditional position encoding is not among those of timm; nothing was written.');
    const encoded = model.positionEncoding !== 'none';
    const positions = (data.imageSize / model.patchSize) ** 2;
    const gridAlone = backbone['positionEncoding.weight']?.shape[0] === positions;
    return {
      architecture: model.distillationToken ? 'deit_base_distilled_patch16_224' : 'vit_base_patch16_224',
      arguments: {
        ...{ img_size: data.imageSize, patch_size: model.patchSize, embed_dim: model.channels },
        ...{ depth: model.depth, num_heads: model.heads },
        ...(model.distillationToken
          ? {}
          : {
              global_pool: model.pooling === 'average' ? 'avg' : 'token',
              fc_norm: backbone['poolNorm.weight'] !== undefined,
              class_token: backbone.classToken !== undefined,
            }),
        ...(model.registers > 0 ? { reg_tokens: model.registers } : {}),
        ...(model.layerScale > 0 ? { init_values: model.layerScale } : {}),
        ...(encoded ? {} : { pos_embed: 'none' }),
        ...(gridAlone && backbone.classToken !== undefined ? { no_embed_class: true } : {}),
      },
      firstConvolution: 'patch_embed.proj',
      classifier: model.distillationToken ? ['head', 'head_dist'] : 'head',
    };
  },
  swin: ({ model, data }) => {
    if (!model.mergeLastStage || !model.relativePositionBias)
      throw usageError(
        `The Swin ${model.mergeLastStage ? 'has no relative position bias' : 'does not merge before its last stage'}, and timm has no such model; nothing was written. Its weights are written by convert --format whereabouts.`,
      );
    return {
      architecture: 'swin_tiny_patch4_window7_224',
      arguments: {
        ...{ img_size: data.imageSize, patch_size: model.patchSize, embed_dim: model.channels },
        depths: model.depths,
        num_heads: model.depths.map((_, stage) => model.heads * 2 ** stage),
        window_size: model.windowSize,
      },
      firstConvolution: 'patch_embed.proj',
      classifier: 'head.fc',
    };
  },
};
