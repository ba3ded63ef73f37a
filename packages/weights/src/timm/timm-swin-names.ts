import type { NamePair } from './name-pair.js';

const backbone = (timm: string, ours: string, layout: NamePair['layout']): NamePair => ({
  timm,
  part: 'backbone',
  ours,
  layout,
});

const inBlock = (timm: string, ours: string, layout: NamePair['layout']): NamePair =>
  backbone(`layers.{stage}.blocks.{block}.${timm}`, `stages.{stage}.blocks.{block}.${ours}`, layout);

/** Every variable of timm's SwinTransformer; ours has no other unless it keeps the grid before the last stage. */
export const timmSwinNames: readonly NamePair[] = [
  backbone('patch_embed.proj.weight', 'patchEmbedding.weight', 'convolution'),
  backbone('patch_embed.proj.bias', 'patchEmbedding.bias', 'same'),
  backbone('patch_embed.norm.weight', 'patchNorm.weight', 'same'),
  backbone('patch_embed.norm.bias', 'patchNorm.bias', 'same'),
  backbone('layers.{stage}.downsample.norm.weight', 'stages.{stage}.merging.norm.weight', 'same'),
  backbone('layers.{stage}.downsample.norm.bias', 'stages.{stage}.merging.norm.bias', 'same'),
  backbone('layers.{stage}.downsample.reduction.weight', 'stages.{stage}.merging.reduction.weight', 'linear'),
  inBlock('norm1.weight', 'norm1.weight', 'same'),
  inBlock('norm1.bias', 'norm1.bias', 'same'),
  inBlock('attn.qkv.weight', 'attention.qkv.weight', 'linear'),
  inBlock('attn.qkv.bias', 'attention.qkv.bias', 'same'),
  inBlock('attn.proj.weight', 'attention.projection.weight', 'linear'),
  inBlock('attn.proj.bias', 'attention.projection.bias', 'same'),
  inBlock('attn.relative_position_bias_table', 'attention.relativePositionBias', 'same'),
  inBlock('norm2.weight', 'norm2.weight', 'same'),
  inBlock('norm2.bias', 'norm2.bias', 'same'),
  inBlock('mlp.fc1.weight', 'mlp.hidden.weight', 'linear'),
  inBlock('mlp.fc1.bias', 'mlp.hidden.bias', 'same'),
  inBlock('mlp.fc2.weight', 'mlp.output.weight', 'linear'),
  inBlock('mlp.fc2.bias', 'mlp.output.bias', 'same'),
  backbone('norm.weight', 'norm.weight', 'same'),
  backbone('norm.bias', 'norm.bias', 'same'),
  { timm: 'head.fc.weight', part: 'classification', ours: 'weight', layout: 'linear' },
  { timm: 'head.fc.bias', part: 'classification', ours: 'bias', layout: 'same' },
];
