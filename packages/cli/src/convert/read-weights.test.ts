import type { HostTensor } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { readWeights } from './read-weights.js';

const tensor = (...shape: number[]): HostTensor => ({
  shape,
  dtype: 'float32',
  values: new Float32Array(shape.reduce((product, side) => product * side, 1)),
});

describe('readWeights', () => {
  it.each([
    ["timm's ViT", { 'blocks.0.norm1.bias': tensor(2) }],
    ["timm's Swin", { 'layers.0.blocks.0.norm1.bias': tensor(2) }],
    ['the official MAE', { mask_token: tensor(1, 1, 2), 'blocks.0.norm1.bias': tensor(2) }],
    ["Hugging Face's ViT", { 'vit.encoder.layer.0.layernorm_before.bias': tensor(2) }],
    ["Hugging Face's ViTMAE", { 'decoder.decoder_norm.bias': tensor(2) }],
    ["Hugging Face's Swin", { 'swin.encoder.layers.0.blocks.0.layernorm_before.bias': tensor(2) }],
    ['Whereabouts', { 'model.backbone.norm.bias': tensor(2) }],
  ])('recognises %s by its names', (title, tensors) => {
    expect(readWeights(tensors, { partial: false })).toMatchObject({ title, leftOut: [] });
  });

  it('lists names that the model does not have, and leaves them out where that is allowed', () => {
    const tensors = { 'blocks.0.norm1.bias': tensor(2), 'momentum.bias': tensor(2), stranger: tensor(1) };
    expect(() => readWeights(tensors, { partial: false })).toThrow(
      'A ViT of timm has no momentum.bias, stranger.',
    );
    const { backbone, leftOut } = readWeights(tensors, { partial: true });
    expect(Object.keys(backbone)).toEqual(['blocks.0.norm1.bias']);
    expect(leftOut).toEqual(['momentum.bias', 'stranger']);
  });

  it('leaves queries out where keys are missing, and tells both', () => {
    const of = (part: string) => `encoder.layer.0.attention.attention.${part}.bias`;
    const tensors = { 'layernorm.bias': tensor(2), [of('query')]: tensor(2), [of('value')]: tensor(2) };
    expect(() => readWeights(tensors, { partial: false })).toThrow('key is missing');
    expect(readWeights(tensors, { partial: true }).leftOut).toEqual([of('query'), of('value')]);
  });

  it('says of names that it never saw which kinds it knows', () => {
    expect(() => readWeights({ 'conv1.weight': tensor(1) }, { partial: true })).toThrow(
      'These are the weights of no model that is known here: there are conv1.weight.',
    );
  });
});
