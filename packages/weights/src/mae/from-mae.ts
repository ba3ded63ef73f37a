import type { HostTensor } from '@whereabouts/layers';
import { fromTimmVit } from '../timm/from-timm-vit.js';
import { layouts } from '../timm/timm-layouts.js';
import { translateName } from '../timm/translate-name.js';
import { maeDecoderNames } from './mae-decoder-names.js';

/** Tensors of a masked autoencoder by our paths: of its ViT, and of the pixel decoder on it. */
export interface MaeTensors {
  readonly backbone: Readonly<Record<string, HostTensor>>;
  /** Empty where the file holds the encoder alone. */
  readonly decoder: Readonly<Record<string, HostTensor>>;
  /** Names that were left out, since what they hold is computed here: the two fixed tables of encodings. */
  readonly computed: readonly string[];
}

const tables = ['pos_embed', 'decoder_pos_embed'];

/**
 * Brings the tensors of the official MAE, encoder and decoder, into our names and layouts: for `vit` with
 * `positionEncoding: 'sine-cosine'`, and for `pixelDecoder` of `@whereabouts/mae`.
 *
 * @param options.encoding `computed` leaves the encoder's table out; `kept` keeps it as `positionEncoding.weight`, for a ViT
 *   with a learned encoding that starts from it, as in fine-tuning; `computed` unless given
 * @throws when a name is not one of the official MAE (all of them are listed)
 * @source He et al. 2022, `models_mae.py`
 * @example
 * ```ts
 * import { fromMae } from '@whereabouts/weights';
 *
 * const weight = { shape: [2, 3], dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;
 * const { decoder } = fromMae({ 'decoder_embed.weight': weight });
 * Array.from(decoder['embedding.weight']!.values); // => [1, 4, 2, 5, 3, 6]
 * ```
 */
export function fromMae(
  tensors: Readonly<Record<string, HostTensor>>,
  options: { readonly encoding?: 'computed' | 'kept' } = {},
): MaeTensors {
  const { encoding = 'computed' } = options;
  const decoder: [string, HostTensor][] = [];
  const encoder: [string, HostTensor][] = [];
  const computed: string[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const found = maeDecoderNames
      .map(({ mae, ours, layout }) => ({ path: translateName(name, mae, ours), layout }))
      .find(({ path }) => path !== undefined);
    if (found?.path !== undefined) decoder.push([found.path, layouts[found.layout].fromTimm(tensor)]);
    else if (tables.includes(name) && (name !== 'pos_embed' || encoding === 'computed')) computed.push(name);
    else encoder.push([name, tensor]);
  }
  return {
    backbone: fromTimmVit(Object.fromEntries(encoder)).backbone,
    decoder: Object.fromEntries(decoder),
    computed,
  };
}
