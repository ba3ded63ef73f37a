import type { HostTensor } from '@whereabouts/layers';
import type { VitOptions } from '@whereabouts/vit';

/** Channels of an attention head in every ViT and DeiT of timm's usual sizes; the shapes don't tell. */
const headSize = 64;

/**
 * What a ViT is made of, read off the shapes of its tensors; for weights of timm, which come without that.
 *
 * @param backbone tensors by our paths
 * @param imageSize of the images that it shall see, in pixels
 * @throws when the tensors are not those of a ViT
 */
export function timmVitOptions(
  backbone: Readonly<Record<string, HostTensor>>,
  imageSize: number,
): VitOptions {
  const [rows = 0, channels = 0] = backbone['patchEmbedding.weight']?.shape ?? [];
  const patchSize = Math.sqrt(rows / 3);
  if (!Number.isInteger(patchSize) || patchSize === 0)
    throw new Error(
      `The patch embedding is [${rows}, ${channels}], which is not that of a ViT on RGB images.`,
    );
  const blocks = Object.keys(backbone).flatMap((path) => /^blocks\.(\d+)\./.exec(path)?.[1] ?? []);
  const classToken = backbone.classToken !== undefined;
  const distillationToken = backbone.distillationToken !== undefined;
  const registers = backbone.registers?.shape[1] ?? 0;
  const encoded = backbone['positionEncoding.weight']?.shape[0] ?? 0;
  const average = backbone['poolNorm.weight'] !== undefined;
  return {
    ...{ imageSize, patchSize, channels, classToken, distillationToken, registers },
    depth: new Set(blocks).size,
    heads: Math.max(1, Math.round(channels / headSize)),
    mlpRatio: (backbone['blocks.0.mlp.hidden.weight']?.shape[1] ?? 4 * channels) / channels,
    pooling: average || !classToken ? 'average' : 'class-token',
    normAfterPooling: average,
    // timm's ViTs with registers have rows for the grid alone.
    prefixEncoding: !Number.isInteger(Math.sqrt(encoded)) || encoded === 0,
    layerScale: backbone['blocks.0.layerScale1.weight'] === undefined ? 0 : 1e-5,
    qkvBias: backbone['blocks.0.attention.qkv.bias'] !== undefined,
  };
}
