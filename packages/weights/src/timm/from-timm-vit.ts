import type { HostTensor } from '@whereabouts/layers';
import { type ModelPart, type NamePair, translate } from './name-pair.js';
import { layouts } from './timm-layouts.js';
import { timmVitNames } from './timm-vit-names.js';

/** Tensors of a ViT by our paths: of its backbone, and of the classification head on it. */
export interface VitTensors {
  readonly backbone: Readonly<Record<string, HostTensor>>;
  /** Empty where there is no head. */
  readonly classification: Readonly<Record<string, HostTensor>>;
}

/**
 * Brings the tensors of timm's `VisionTransformer` or `VisionTransformerDistilled` into our names and layouts: linear weights `[outputs, inputs]` become
 * `[inputs, outputs]`, the convolution `[channels, inputChannels, patchSize, patchSize]` becomes
 * `[patchSize * patchSize * inputChannels, channels]` with rows in (row, column, channel) order, `pos_embed [1, length, channels]`
 * becomes `[length, channels]`, and `fc_norm` becomes `poolNorm`. No value is changed. The distilled DeiT's second classifier,
 * `head_dist`, comes as `distilled.weight` and `distilled.bias` of the classification head.
 *
 * @throws when a name is not one of timm's ViT (all of them are listed), or a tensor has another rank than there
 * @source timm 1.0.29 `vision_transformer.py` and `deit.py`
 * @example
 * ```ts
 * import { fromTimmVit } from '@whereabouts/weights';
 *
 * const { classification } = fromTimmVit({
 *   'head.weight': { shape: [3, 2], dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6) },
 * });
 * Array.from(classification.weight?.values ?? []); // => [1, 3, 5, 2, 4, 6]
 * ```
 */
export function fromTimmVit(tensors: Readonly<Record<string, HostTensor>>): VitTensors {
  const parts: Record<ModelPart, [string, HostTensor][]> = { backbone: [], classification: [] };
  const unexpected: string[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const found = translate(name, timmVitNames, 'timm', 'ours');
    if (found === undefined) unexpected.push(name);
    else parts[found.row.part].push([found.name, convert(name, found.row, tensor)]);
  }
  if (unexpected.length > 0)
    throw new Error(
      `A ViT of timm has no ${unexpected.join(', ')}. Remove what you don't need, or convert a checkpoint of a ViT.`,
    );
  return {
    backbone: Object.fromEntries(parts.backbone),
    classification: Object.fromEntries(parts.classification),
  };
}

function convert(name: string, row: NamePair, tensor: HostTensor): HostTensor {
  try {
    return layouts[row.layout].fromTimm(tensor);
  } catch (error) {
    throw new Error(`${name} of timm's ViT ${(error as Error).message}.`, { cause: error });
  }
}
