import type { NamePair } from './name-pair.js';

const backbone = (timm: string, ours: string, layout: NamePair['layout']): NamePair => ({
  timm,
  part: 'backbone',
  ours,
  layout,
});

/** Every variable of timm's VisionTransformer, and of the distilled one, that ours has as well. */
export const timmVitNames: readonly NamePair[] = [
  backbone('cls_token', 'classToken', 'same'),
  backbone('dist_token', 'distillationToken', 'same'),
  backbone('reg_token', 'registers', 'same'),
  backbone('pos_embed', 'positionEncoding.weight', 'positions'),
  backbone('patch_embed.proj.weight', 'patchEmbedding.weight', 'convolution'),
  backbone('patch_embed.proj.bias', 'patchEmbedding.bias', 'same'),
  backbone('blocks.{block}.norm1.weight', 'blocks.{block}.norm1.weight', 'same'),
  backbone('blocks.{block}.norm1.bias', 'blocks.{block}.norm1.bias', 'same'),
  backbone('blocks.{block}.attn.qkv.weight', 'blocks.{block}.attention.qkv.weight', 'linear'),
  backbone('blocks.{block}.attn.qkv.bias', 'blocks.{block}.attention.qkv.bias', 'same'),
  backbone('blocks.{block}.attn.proj.weight', 'blocks.{block}.attention.projection.weight', 'linear'),
  backbone('blocks.{block}.attn.proj.bias', 'blocks.{block}.attention.projection.bias', 'same'),
  backbone('blocks.{block}.ls1.gamma', 'blocks.{block}.layerScale1.weight', 'same'),
  backbone('blocks.{block}.norm2.weight', 'blocks.{block}.norm2.weight', 'same'),
  backbone('blocks.{block}.norm2.bias', 'blocks.{block}.norm2.bias', 'same'),
  backbone('blocks.{block}.mlp.fc1.weight', 'blocks.{block}.mlp.hidden.weight', 'linear'),
  backbone('blocks.{block}.mlp.fc1.bias', 'blocks.{block}.mlp.hidden.bias', 'same'),
  backbone('blocks.{block}.mlp.fc2.weight', 'blocks.{block}.mlp.output.weight', 'linear'),
  backbone('blocks.{block}.mlp.fc2.bias', 'blocks.{block}.mlp.output.bias', 'same'),
  backbone('blocks.{block}.ls2.gamma', 'blocks.{block}.layerScale2.weight', 'same'),
  backbone('norm.weight', 'norm.weight', 'same'),
  backbone('norm.bias', 'norm.bias', 'same'),
  backbone('fc_norm.weight', 'poolNorm.weight', 'same'),
  backbone('fc_norm.bias', 'poolNorm.bias', 'same'),
  { timm: 'head.weight', part: 'classification', ours: 'weight', layout: 'linear' },
  { timm: 'head.bias', part: 'classification', ours: 'bias', layout: 'same' },
  { timm: 'head_dist.weight', part: 'classification', ours: 'distilled.weight', layout: 'linear' },
  { timm: 'head_dist.bias', part: 'classification', ours: 'distilled.bias', layout: 'same' },
];
