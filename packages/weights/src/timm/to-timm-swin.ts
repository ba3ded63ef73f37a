import type { HostTensor } from '@whereabouts/layers';
import { type ModelPart, type NamePair, translate } from './name-pair.js';
import { layouts, type PatchShape } from './timm-layouts.js';
import { timmSwinNames } from './timm-swin-names.js';

/**
 * Brings the tensors of our Swin into the names and layouts of timm's `SwinTransformer`: the way back of `fromTimmSwin`. No
 * value is changed.
 *
 * @param model.classification of the head; none unless given
 * @param options.patchSize pixels along a side of a patch
 * @param options.inputChannels of an image; 3 unless given
 * @throws when a path has no place in timm's Swin (all of them are listed), such as the `widening` of a Swin that keeps the
 * grid before its last stage, or a tensor has another shape than there
 * @source timm 1.0.29 `swin_transformer.py`
 * @example
 * ```ts
 * import { toTimmSwin } from '@whereabouts/weights';
 *
 * const weight = { shape: [48, 8], dtype: 'float32', values: new Float32Array(48 * 8) } as const;
 * const tensors = toTimmSwin({ backbone: { 'patchEmbedding.weight': weight } }, { patchSize: 4 });
 * tensors['patch_embed.proj.weight']?.shape; // => [8, 3, 4, 4]
 * ```
 */
export function toTimmSwin(
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
    const rows = timmSwinNames.filter((row) => row.part === part);
    const found = translate(path, rows, 'ours', 'timm');
    if (found === undefined) unexpected.push(`${part}.${path}`);
    else tensors.push([found.name, convert(`${part}.${path}`, found.row, tensor, patch)]);
  }
  if (unexpected.length > 0)
    throw new Error(
      `timm's Swin, which merges before every stage but the first, has no place for ${unexpected.join(', ')}. ` +
        'Give the variables of a Swin with mergeLastStage: true and of its classification head.',
    );
  return Object.fromEntries(tensors);
}

function pathsOf(model: Parameters<typeof toTimmSwin>[0]): [ModelPart, string, HostTensor][] {
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
