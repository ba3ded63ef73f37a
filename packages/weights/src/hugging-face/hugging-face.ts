import type { HostTensor } from '@whereabouts/layers';
import { fromTimm } from './from-timm.js';
import { type ModelNames, swinNames, vitMaeNames, vitNames } from './model-names.js';
import { type InTimmNames, toTimm } from './to-timm.js';

type Tensors = Readonly<Record<string, HostTensor>>;

/** The way from the names of a model of Hugging Face to timm's, and back; `fromTimmVit` and its like lead on to ours. */
export interface HuggingFaceModel {
  /**
   * Saved with its head or without. A pooler and the mask token of a classifier are left out and listed in `unneeded`.
   *
   * @throws when a name is not one of that model (all of them are listed), or a query, key or value is missing
   */
  readonly toTimm: (tensors: Tensors) => InTimmNames;
  /** @throws when a name has no place in that model; all of them are listed */
  readonly fromTimm: (tensors: Tensors) => Record<string, HostTensor>;
}

const between = (names: ModelNames): HuggingFaceModel => ({
  toTimm: (tensors) => toTimm(names, tensors),
  fromTimm: (tensors) => fromTimm(names, tensors),
});

/**
 * Models of Hugging Face's `transformers` by name: `vit` (ViTForImageClassification), `vitMae` (ViTMAEForPreTraining, whose
 * names beside timm's are the official MAE's) and `swin` (SwinForImageClassification). No value is changed; queries, keys and
 * values, three tensors there, are one in timm. Their norms have an epsilon of 1e-12 in ViT and ViTMAE, which no weight says.
 *
 * @source `modeling_vit.py`, `modeling_vit_mae.py` and `modeling_swin.py` of transformers
 * @example
 * ```ts
 * import { huggingFace } from '@whereabouts/weights';
 *
 * const bias = { shape: [6], dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;
 * const theirs = huggingFace.vit.fromTimm({ 'blocks.0.attn.qkv.bias': bias });
 * Array.from(theirs['vit.encoder.layer.0.attention.attention.key.bias']!.values); // => [3, 4]
 * Object.keys(huggingFace.vit.toTimm(theirs).tensors); // => ["blocks.0.attn.qkv.bias"]
 * ```
 */
export const huggingFace = {
  vit: between(vitNames),
  vitMae: between(vitMaeNames),
  swin: between(swinNames),
} as const satisfies Readonly<Record<string, HuggingFaceModel>>;
