import type { HostTensor } from '@whereabouts/layers';
import { layouts } from '../timm/timm-layouts.js';
import { toTimmVit } from '../timm/to-timm-vit.js';
import { translateName } from '../timm/translate-name.js';
import { maeDecoderNames } from './mae-decoder-names.js';

/**
 * Brings the tensors of our ViT and pixel decoder into the names and layouts of the official MAE: the way back of `fromMae`.
 * The fixed tables of encodings are not variables of ours; that code fills them in when a model is made.
 *
 * @param model.decoder of the pixel decoder; none unless given
 * @param options.patchSize pixels along a side of a patch
 * @param options.inputChannels of an image; 3 unless given
 * @throws when a path has no place there; all of them are listed
 * @source He et al. 2022, `models_mae.py`
 * @example
 * ```ts
 * import { toMae } from '@whereabouts/weights';
 *
 * const maskToken = { shape: [1, 1, 2], dtype: 'float32', values: Float32Array.of(1, 2) } as const;
 * Object.keys(toMae({ backbone: {}, decoder: { maskToken } }, { patchSize: 4 })); // => ["mask_token"]
 * ```
 */
export function toMae(
  model: {
    readonly backbone: Readonly<Record<string, HostTensor>>;
    readonly decoder?: Readonly<Record<string, HostTensor>>;
  },
  options: { readonly patchSize: number; readonly inputChannels?: number },
): Record<string, HostTensor> {
  const unexpected: string[] = [];
  const decoder = Object.entries(model.decoder ?? {}).flatMap(([path, tensor]): [string, HostTensor][] => {
    const row = maeDecoderNames.find(({ ours, mae }) => translateName(path, ours, mae) !== undefined);
    const name = row && translateName(path, row.ours, row.mae);
    if (row === undefined || name === undefined) {
      unexpected.push(path);
      return [];
    }
    const patch = { patchSize: options.patchSize, inputChannels: options.inputChannels ?? 3 };
    return [[name, layouts[row.layout].toTimm(tensor, patch)]];
  });
  if (unexpected.length > 0)
    throw new Error(`The decoder of the official MAE has no place for ${unexpected.join(', ')}.`);
  return { ...toTimmVit({ backbone: model.backbone }, options), ...Object.fromEntries(decoder) };
}
