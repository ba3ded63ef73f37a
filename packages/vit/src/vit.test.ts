import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  countParameters,
  disposeVariables,
  evaluationPass,
  type Initialise,
  type Variables,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { vit } from './vit.js';
import { deitSizes, vitSizes } from './vit-sizes.js';

const small = { imageSize: { height: 8, width: 12 }, patchSize: 4, channels: 8, depth: 1, heads: 2 };
const shapesOf = (variables: Variables) =>
  Object.fromEntries(Object.entries(variables).map(([path, { shape }]) => [path, shape]));
const blockShapes = {
  'blocks.0.norm1.weight': [8],
  'blocks.0.norm1.bias': [8],
  'blocks.0.attention.qkv.weight': [8, 24],
  'blocks.0.attention.qkv.bias': [24],
  'blocks.0.attention.projection.weight': [8, 8],
  'blocks.0.attention.projection.bias': [8],
  'blocks.0.norm2.weight': [8],
  'blocks.0.norm2.bias': [8],
  'blocks.0.mlp.hidden.weight': [8, 32],
  'blocks.0.mlp.hidden.bias': [32],
  'blocks.0.mlp.output.weight': [32, 8],
  'blocks.0.mlp.output.bias': [8],
};

describe('the size of a ViT', () => {
  const zeros: Initialise = (_, __, shape) => tf.zeros([...shape]);

  // timm's counts of vit_{tiny,small,base,large}_patch16_224 with 1,000 classes.
  it.each([
    ['tiny', 5_717_416],
    ['small', 22_050_664],
    ['base', 86_567_656],
    ['large', 304_326_632],
  ] as const)('ViT-%s with patches of 16 px at 224 px and 1,000 classes has %i parameters', (size, count) => {
    const backbone = vit({ imageSize: 224, patchSize: 16, ...vitSizes[size], initialise: zeros });
    const head = classification({ spec: backbone.spec, classes: 1000, initialise: zeros });
    expect(countParameters(backbone.variables) + countParameters(head.variables)).toBe(count);
    disposeVariables(backbone.variables);
    disposeVariables(head.variables);
  });
});

describe('the size of a DeiT', () => {
  const zeros: Initialise = (_, __, shape) => tf.zeros([...shape]);

  // timm's counts of deit_{tiny,small,base}_distilled_patch16_224 with 1,000 classes.
  it.each([
    ['tiny', 5_910_800],
    ['small', 22_436_432],
    ['base', 87_338_192],
  ] as const)('DeiT-%s, distilled, with 1,000 classes has %i parameters', (size, count) => {
    const backbone = vit({ imageSize: 224, patchSize: 16, ...deitSizes[size], initialise: zeros });
    const head = classification({ spec: backbone.spec, classes: 1000, initialise: zeros });
    expect(countParameters(backbone.variables) + countParameters(head.variables)).toBe(count);
    disposeVariables(backbone.variables);
    disposeVariables(head.variables);
  });

  // timm's counts of vit_small_patch14_reg4_dinov2 (no classifier) and deit3_small_patch16_224.
  it.each([
    ['registers', 22_057_344, { imageSize: 518, patchSize: 14, registers: 4, layerScale: 1e-5 }],
    [
      'a layer scale',
      22_059_496 - 385_000,
      { imageSize: 224, patchSize: 16, prefixEncoding: false, layerScale: 1e-6 },
    ],
  ] as const)('ViT-S with %s has %i parameters', (_, count, options) => {
    const backbone = vit({ ...options, ...vitSizes.small, initialise: zeros });
    expect(countParameters(backbone.variables)).toBe(count);
    disposeVariables(backbone.variables);
  });
});

describe('the variables of a ViT', () => {
  it('have these paths and shapes with a class token: the checkpoint format', () => {
    const backbone = vit(small);
    expect(shapesOf(backbone.variables)).toEqual({
      'patchEmbedding.weight': [48, 8],
      'patchEmbedding.bias': [8],
      classToken: [1, 1, 8],
      'positionEncoding.weight': [7, 8],
      ...blockShapes,
      'norm.weight': [8],
      'norm.bias': [8],
    });
    expect(backbone.undecayed).toEqual(['classToken', 'positionEncoding.weight']);
  });

  it('have these paths and shapes with average pooling and without an encoding', () => {
    const backbone = vit({ ...small, pooling: 'average', positionEncoding: 'none' });
    expect(shapesOf(backbone.variables)).toEqual({
      'patchEmbedding.weight': [48, 8],
      'patchEmbedding.bias': [8],
      ...blockShapes,
      'poolNorm.weight': [8],
      'poolNorm.bias': [8],
    });
    expect(backbone.undecayed).toEqual([]);
  });

  it('have these paths and shapes with a distillation token, registers, layer scales and a conditional encoding', () => {
    const backbone = vit({
      ...small,
      distillationToken: true,
      registers: 3,
      layerScale: 0.1,
      positionEncoding: 'conditional',
    });
    expect(shapesOf(backbone.variables)).toEqual({
      'patchEmbedding.weight': [48, 8],
      'patchEmbedding.bias': [8],
      classToken: [1, 1, 8],
      distillationToken: [1, 1, 8],
      registers: [1, 3, 8],
      'positionEncoding.weight': [3, 3, 8],
      'positionEncoding.bias': [8],
      ...blockShapes,
      'blocks.0.layerScale1.weight': [8],
      'blocks.0.layerScale2.weight': [8],
      'norm.weight': [8],
      'norm.bias': [8],
    });
    expect(backbone.undecayed).toEqual([
      'classToken',
      'distillationToken',
      'registers',
      'positionEncoding.weight',
    ]);
  });

  it.each([
    [{ registers: 3 }, 6],
    [{ registers: 3, prefixEncoding: true }, 10],
    [{ prefixEncoding: false }, 6],
    [{ distillationToken: true }, 8],
  ])('have with %o a position encoding of %i rows', (options, rows) => {
    const { variables } = vit({ ...small, ...options });
    expect(variables['positionEncoding.weight']?.shape).toEqual([rows, 8]);
  });

  it('follow the size of the MLP, the input and the bias of the queries, keys and values', () => {
    const backbone = vit({ ...small, mlpRatio: 2.5, inputChannels: 1, qkvBias: false });
    const shapes = shapesOf(backbone.variables);
    expect(shapes).toMatchObject({
      'patchEmbedding.weight': [16, 8],
      'blocks.0.mlp.hidden.weight': [8, 20],
    });
    expect(shapes).not.toHaveProperty(['blocks.0.attention.qkv.bias']);
  });

  it('start the same from the same seed and differ from another', async () => {
    const start = async (seed: number) =>
      Array.from(await (vit({ ...small, seed }).variables['blocks.0.mlp.hidden.weight'] as tf.Tensor).data());
    expect(await start(1)).toEqual(await start(1));
    expect(await start(1)).not.toEqual(await start(2));
  });
});

describe('what a ViT promises', () => {
  it.each([
    [{}, { pooled: 8, positionEncoding: 'absolute' }],
    [{ positionEncoding: 'sine-cosine' }, { pooled: 8, positionEncoding: 'absolute' }],
    [{ positionEncoding: 'none' }, { pooled: 8, positionEncoding: 'none' }],
    [{ positionEncoding: 'conditional' }, { pooled: 8, positionEncoding: 'conditional' }],
    [{ distillationToken: true }, { pooled: 8, distilled: 8, positionEncoding: 'absolute' }],
    [{ registers: 2 }, { pooled: 8, positionEncoding: 'absolute' }],
    [{ pooling: 'none' }, { pooled: 0, positionEncoding: 'absolute' }],
    [
      { pooling: 'none', classToken: true },
      { pooled: 0, positionEncoding: 'absolute' },
    ],
  ] as const)('with %o is said by its spec and kept by its features', (options, expected) => {
    const backbone = vit({ ...small, ...options });
    expect(backbone.spec).toEqual({
      contract: 1,
      stages: [{ grid: { rows: 2, columns: 3 }, channels: 8, length: 6 }],
      ...expected,
    });
    tf.tidy(() => {
      const { stages, pooled, distilled } = backbone.apply(tf.ones([2, 8, 12, 3]), evaluationPass());
      expect(stages.map(({ tokens, grid }) => [tokens.shape, grid])).toEqual([
        [[2, 6, 8], { rows: 2, columns: 3 }],
      ]);
      expect(pooled?.shape).toEqual(expected.pooled === 0 ? undefined : [2, 8]);
      expect(distilled?.shape).toEqual('distilled' in expected ? [2, 8] : undefined);
    });
  });

  it('is not kept for images of another size, and the error says which it takes', () => {
    const backbone = vit(small);
    tf.tidy(() => {
      expect(() => backbone.apply(tf.ones([2, 12, 8, 3]), evaluationPass())).toThrow(
        'The images are 12 x 8 px (height x width) with 3 channels, but this ViT was made for 8 x 12 px with 3; ' +
          'resize them, or make it with their size.',
      );
      expect(() => backbone.apply(tf.ones([2, 8, 12, 1]), evaluationPass())).toThrow('with 1 channels');
    });
  });

  it('needs a size that the patch divides, heads that divide the channels, and 4 that does for sine and cosine', () => {
    expect(() => vit({ ...small, patchSize: 5 })).toThrow("can't be cut into patches of 5 px");
    expect(() => vit({ ...small, heads: 3 })).toThrow('3 heads do not divide 8 channels');
    expect(() => vit({ ...small, channels: 6, positionEncoding: 'sine-cosine' })).toThrow('that 4 divides');
  });
});
