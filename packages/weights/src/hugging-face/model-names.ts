import { blockRows, type NameRow, weightAndBias } from './name-row.js';

/** How a model of Hugging Face names its variables. */
export interface ModelNames {
  /** What people call it. */
  readonly model: string;
  /** Led by this, or by nothing where the model was saved without its head. */
  readonly prefix: string;
  /** Below the prefix. */
  readonly inside: readonly NameRow[];
  /** Beside it. */
  readonly outside: readonly NameRow[];
  /** Names, prefix and all, that hold nothing we need. */
  readonly unneeded: RegExp;
}

const vitInside: readonly NameRow[] = [
  { theirs: 'embeddings.cls_token', timm: 'cls_token' },
  { theirs: 'embeddings.position_embeddings', timm: 'pos_embed' },
  ...weightAndBias('embeddings.patch_embeddings.projection', 'patch_embed.proj'),
  ...blockRows('encoder.layer.{block}', 'blocks.{block}'),
  ...weightAndBias('layernorm', 'norm'),
];

/** `ViTModel` and `ViTForImageClassification`. */
export const vitNames: ModelNames = {
  model: "Hugging Face's ViT",
  prefix: 'vit.',
  inside: vitInside,
  outside: weightAndBias('classifier', 'head'),
  unneeded: /(^|\.)pooler\.|(^|\.)embeddings\.mask_token$/,
};

/** `ViTMAEForPreTraining`; the names beside timm's are those of the official MAE. */
export const vitMaeNames: ModelNames = {
  model: "Hugging Face's ViTMAE",
  prefix: 'vit.',
  inside: vitInside,
  outside: [
    { theirs: 'decoder.mask_token', timm: 'mask_token' },
    { theirs: 'decoder.decoder_pos_embed', timm: 'decoder_pos_embed' },
    ...weightAndBias('decoder.decoder_embed', 'decoder_embed'),
    ...blockRows('decoder.decoder_layers.{block}', 'decoder_blocks.{block}'),
    ...blockRows('decoder.decoder_encoder.layer.{block}', 'decoder_blocks.{block}'), // as transformers 5 saves it
    ...weightAndBias('decoder.decoder_norm', 'decoder_norm'),
    ...weightAndBias('decoder.decoder_pred', 'decoder_pred'),
  ],
  unneeded: /$^/,
};

const swinBlock = 'encoder.layers.{stage}.blocks.{block}';

/** `SwinModel` and `SwinForImageClassification`; the merging stands in the stage before it, as in timm before 0.9. */
export const swinNames: ModelNames = {
  model: "Hugging Face's Swin",
  prefix: 'swin.',
  inside: [
    ...weightAndBias('embeddings.patch_embeddings.projection', 'patch_embed.proj'),
    ...weightAndBias('embeddings.norm', 'patch_embed.norm'),
    ...weightAndBias(`${swinBlock}.layernorm_before`, 'layers.{stage}.blocks.{block}.norm1'),
    {
      theirs: `${swinBlock}.attention.self.relative_position_bias_table`,
      timm: 'layers.{stage}.blocks.{block}.attn.relative_position_bias_table',
    },
    ...weightAndBias(`${swinBlock}.attention.self.{part}`, 'layers.{stage}.blocks.{block}.attn.qkv'),
    ...weightAndBias(`${swinBlock}.attention.output.dense`, 'layers.{stage}.blocks.{block}.attn.proj'),
    ...weightAndBias(`${swinBlock}.layernorm_after`, 'layers.{stage}.blocks.{block}.norm2'),
    ...weightAndBias(`${swinBlock}.intermediate.dense`, 'layers.{stage}.blocks.{block}.mlp.fc1'),
    ...weightAndBias(`${swinBlock}.output.dense`, 'layers.{stage}.blocks.{block}.mlp.fc2'),
    ...weightAndBias('encoder.layers.{stage}.downsample.norm', 'layers.{stage+1}.downsample.norm'),
    {
      theirs: 'encoder.layers.{stage}.downsample.reduction.weight',
      timm: 'layers.{stage+1}.downsample.reduction.weight',
    },
    ...weightAndBias('layernorm', 'norm'),
  ],
  outside: weightAndBias('classifier', 'head.fc'),
  unneeded: /\.relative_position_index$|(^|\.)embeddings\.mask_token$/,
};
