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
import { afterEach, describe, expect, it } from 'vitest';
import { swin } from './swin.js';
import { swinSizes } from './swin-sizes.js';

const small = {
  imageSize: { height: 8, width: 12 },
  patchSize: 2,
  windowSize: 2,
  channels: 4,
  depths: [1, 2],
  heads: [1, 2],
} as const;
const shapesOf = (variables: Variables) =>
  Object.fromEntries(Object.entries(variables).map(([path, { shape }]) => [path, shape]));

afterEach(() => tf.disposeVariables());

describe('the size of a Swin', () => {
  const zeros: Initialise = (_, __, shape) => tf.zeros([...shape]);

  it.each([
    ['tiny', 28_288_354],
    ['small', 49_606_258],
    ['base', 87_768_224],
    ['large', 196_532_476],
  ] as const)('Swin-%s with patches of 4 px at 224 px and 1,000 classes has %i parameters', (size, count) => {
    const backbone = swin({ imageSize: 224, patchSize: 4, ...swinSizes[size], initialise: zeros });
    const head = classification({ spec: backbone.spec, classes: 1000, initialise: zeros });
    expect(countParameters(backbone.variables) + countParameters(head.variables)).toBe(count);
    disposeVariables(backbone.variables);
    disposeVariables(head.variables);
  });
});

describe('the variables of a Swin', () => {
  const block = (path: string, channels: number, heads: number) => ({
    [`${path}.norm1.weight`]: [channels],
    [`${path}.norm1.bias`]: [channels],
    [`${path}.attention.qkv.weight`]: [channels, 3 * channels],
    [`${path}.attention.qkv.bias`]: [3 * channels],
    [`${path}.attention.projection.weight`]: [channels, channels],
    [`${path}.attention.projection.bias`]: [channels],
    [`${path}.attention.relativePositionBias`]: [9, heads],
    [`${path}.norm2.weight`]: [channels],
    [`${path}.norm2.bias`]: [channels],
    [`${path}.mlp.hidden.weight`]: [channels, 4 * channels],
    [`${path}.mlp.hidden.bias`]: [4 * channels],
    [`${path}.mlp.output.weight`]: [4 * channels, channels],
    [`${path}.mlp.output.bias`]: [channels],
  });
  const blocks = {
    ...block('stages.0.blocks.0', 4, 1),
    ...block('stages.1.blocks.0', 8, 2),
    ...block('stages.1.blocks.1', 8, 2),
  };
  const ends = {
    'patchEmbedding.weight': [12, 4],
    'patchEmbedding.bias': [4],
    'patchNorm.weight': [4],
    'patchNorm.bias': [4],
    'norm.weight': [8],
    'norm.bias': [8],
  };

  it('have these paths and shapes: the checkpoint format', () => {
    const backbone = swin(small);
    expect(shapesOf(backbone.variables)).toEqual({
      ...ends,
      ...blocks,
      'stages.1.merging.norm.weight': [16],
      'stages.1.merging.norm.bias': [16],
      'stages.1.merging.reduction.weight': [16, 8],
    });
    expect(backbone.undecayed).toEqual([
      'stages.0.blocks.0.attention.relativePositionBias',
      'stages.1.blocks.0.attention.relativePositionBias',
      'stages.1.blocks.1.attention.relativePositionBias',
    ]);
  });

  it('have these where the last stage keeps the grid, whose window is the whole of it', () => {
    const shapes = shapesOf(swin({ ...small, mergeLastStage: false }).variables);
    expect(shapes).toMatchObject({
      'stages.1.widening.norm.weight': [4],
      'stages.1.widening.norm.bias': [4],
      'stages.1.widening.projection.weight': [4, 8],
      'stages.1.blocks.1.attention.relativePositionBias': [7 * 11, 2],
    });
    expect(Object.keys(shapes).filter((path) => path.includes('merging'))).toEqual([]);
  });

  it('follow the size of the MLP, the input, and the biases', () => {
    const backbone = swin({
      ...small,
      mlpRatio: 2.5,
      inputChannels: 1,
      qkvBias: false,
      relativePositionBias: false,
    });
    const shapes = shapesOf(backbone.variables);
    expect(shapes).toMatchObject({
      'patchEmbedding.weight': [4, 4],
      'stages.0.blocks.0.mlp.hidden.weight': [4, 10],
    });
    expect(Object.keys(shapes).filter((path) => /qkv\.bias|relativePositionBias/.test(path))).toEqual([]);
    expect(backbone.undecayed).toEqual([]);
  });

  it('belong to these layers, as in timm', () => {
    expect(swin(small).layerGroups).toEqual([
      ['patchEmbedding', 'patchNorm'],
      ['stages.0.blocks.0'],
      ['stages.1.merging', 'stages.1.blocks.0'],
      ['stages.1.blocks.1', 'norm'],
    ]);
  });

  it('start the same from the same seed and differ from another', async () => {
    const path = 'stages.1.blocks.0.mlp.hidden.weight';
    const start = async (seed: number) =>
      Array.from(await (swin({ ...small, seed }).variables[path] as tf.Tensor).data());
    expect(await start(1)).toEqual(await start(1));
    expect(await start(1)).not.toEqual(await start(2));
  });
});

describe('what a Swin promises', () => {
  const windows = ['masks of shifted windows', 'zero padding of windows']; // of 2 x 2 tokens, on 2 x 3

  it.each([
    [{}, { rows: 2, columns: 3 }, 'relative', ['a relative position bias', ...windows]],
    [{ mergeLastStage: false }, { rows: 4, columns: 6 }, 'relative', ['a relative position bias']],
    [{ relativePositionBias: false }, { rows: 2, columns: 3 }, 'none', windows],
  ] as const)(
    'with %o is said by its spec and kept by its features',
    (options, grid, positionEncoding, told) => {
      const backbone = swin({ ...small, ...options });
      const length = grid.rows * grid.columns;
      expect(backbone.spec).toEqual({
        contract: 1,
        stages: [
          { grid: { rows: 4, columns: 6 }, channels: 4, length: 24 },
          { grid, channels: 8, length },
        ],
        pooled: 8,
        positionEncoding,
        positionSources: told,
      });
      tf.tidy(() => {
        const { stages, pooled } = backbone.apply(tf.ones([2, 8, 12, 3]), evaluationPass());
        expect(stages.map(({ tokens, positions }) => [tokens.shape, positions.shape])).toEqual([
          [
            [2, 24, 4],
            [2, 24],
          ],
          [
            [2, length, 8],
            [2, length],
          ],
        ]);
        const raster = Array.from({ length }, (_, position) => position);
        expect(stages[1]?.positions.arraySync()).toEqual([raster, raster]);
        expect(stages[1]?.grid).toEqual(grid);
        expect(pooled?.shape).toEqual([2, 8]);
      });
    },
  );

  it('is not kept for images of another size, and the error says which it takes', () => {
    tf.tidy(() => {
      expect(() => swin(small).apply(tf.ones([2, 12, 8, 3]), evaluationPass())).toThrow(
        'The images are 12 x 8 px (height x width) with 3 channels, but this Swin was made for 8 x 12 px with 3; ' +
          'resize them, or make it with their size.',
      );
    });
  });
});
