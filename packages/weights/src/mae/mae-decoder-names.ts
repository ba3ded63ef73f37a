import type { layouts } from '../timm/timm-layouts.js';

/** One kind of variable of the decoder: what the official MAE calls it, what we call it, and how it lies there. */
export interface DecoderName {
  readonly mae: string;
  readonly ours: string;
  readonly layout: keyof typeof layouts;
}

const both = (mae: string, ours: string, layout: DecoderName['layout']): DecoderName[] => [
  { mae: `${mae}.weight`, ours: `${ours}.weight`, layout },
  { mae: `${mae}.bias`, ours: `${ours}.bias`, layout: 'same' },
];

/** Every variable of the official decoder that ours has too; its fixed encoding is computed here. */
export const maeDecoderNames: readonly DecoderName[] = [
  { mae: 'mask_token', ours: 'maskToken', layout: 'same' },
  ...both('decoder_embed', 'embedding', 'linear'),
  ...both('decoder_blocks.{block}.norm1', 'blocks.{block}.norm1', 'same'),
  ...both('decoder_blocks.{block}.attn.qkv', 'blocks.{block}.attention.qkv', 'linear'),
  ...both('decoder_blocks.{block}.attn.proj', 'blocks.{block}.attention.projection', 'linear'),
  ...both('decoder_blocks.{block}.norm2', 'blocks.{block}.norm2', 'same'),
  ...both('decoder_blocks.{block}.mlp.fc1', 'blocks.{block}.mlp.hidden', 'linear'),
  ...both('decoder_blocks.{block}.mlp.fc2', 'blocks.{block}.mlp.output', 'linear'),
  ...both('decoder_norm', 'norm', 'same'),
  ...both('decoder_pred', 'prediction', 'linear'),
];
