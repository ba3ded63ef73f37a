import type { HostTensor } from '@whereabouts/layers';
import { type ModelPart, type NamePair, translate } from './name-pair.js';
import { layouts, type PatchShape } from './timm-layouts.js';
import { timmVitNames } from './timm-vit-names.js';

/**
 * Brings the tensors of our ViT into the names and layouts of timm's `VisionTransformer`, or of its
 * `VisionTransformerDistilled` where there is a distillation token: the way back of `fromTimmVit`. No value is changed.
 *
 * @param model.classification of the head; none unless given
 * @param options.patchSize pixels along a side of a patch
 * @param options.inputChannels of an image; 3 unless given
 * @throws when a path is not one that timm's ViT has too (all of them are listed), or a tensor has another shape than there
 * @source timm 1.0.29 `vision_transformer.py` and `deit.py`
 * @example
 * ```ts
 * import { toTimmVit } from '@whereabouts/weights';
 *
 * const weight = { shape: [48, 8], dtype: 'float32', values: new Float32Array(48 * 8) } as const;
 * const tensors = toTimmVit({ backbone: { 'patchEmbedding.weight': weight } }, { patchSize: 4 });
 * tensors['patch_embed.proj.weight']?.shape; // => [8, 3, 4, 4]
 * ```
 */
export function toTimmVit(
  model: {
    readonly backbone: Readonly<Record<string, HostTensor>>;
    readonly classification?: Readonly<Record<string, HostTensor>>;
  },
  options: { readonly patchSize: number; readonly inputChannels?: number },
): Record<string, HostTensor> {
  const { patchSize, inputChannels = 3 } = options;
  const patch = { patchSize, inputChannels };
  const tensors: [string, HostTensor][] = [];
  const unexpected: string[] = [];
  for (const [part, path, tensor] of pathsOf(model)) {
    const rows = timmVitNames.filter((row) => row.part === part);
    const found = translate(path, rows, 'ours', 'timm');
    if (found === undefined) unexpected.push(`${part}.${path}`);
    else tensors.push([found.name, convert(`${part}.${path}`, found.row, tensor, patch)]);
  }
  if (unexpected.length > 0)
    throw new Error(
      `timm's ViT has no place for ${unexpected.join(', ')}. Give the variables of a ViT and of its classification head; a conditional encoding is not among timm's.`,
    );
  return Object.fromEntries(tensors);
}

function pathsOf(model: Parameters<typeof toTimmVit>[0]): [ModelPart, string, HostTensor][] {
  const of = (part: ModelPart): [ModelPart, string, HostTensor][] =>
    Object.entries(model[part] ?? {}).map(([path, tensor]) => [part, path, tensor]);
  return [...of('backbone'), ...of('classification')];
}

function convert(path: string, row: NamePair, tensor: HostTensor, patch: PatchShape): HostTensor {
  try {
    return layouts[row.layout].toTimm(tensor, patch);
  } catch (error) {
    throw new Error(`${path} ${(error as Error).message}.`, { cause: error });
  }
}
