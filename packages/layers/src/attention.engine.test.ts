import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { attention } from './attention.js';
import type { Initialise } from './initialise.js';
import { evaluationPass } from './pass.js';
import { createRandom } from './random.js';

const random = createRandom({ seed: 0, step: 0 });
const wide: Initialise = (source, name, shape) => tf.mul(source.normal(name, shape), 0.5);

// One query, one head at a time, in float64.
function attendNaively(
  tokens: number[][],
  weights: { qkv: number[][]; qkvBias: number[]; projection: number[][]; projectionBias: number[] },
  heads: number,
  keys = tokens.length,
): number[][] {
  const affine = (row: readonly number[], matrix: number[][], bias: number[]) =>
    bias.map((start, column) =>
      row.reduce((sum, value, index) => sum + value * (matrix[index]?.[column] ?? 0), start),
    );
  const mixed = tokens.map((row) => affine(row, weights.qkv, weights.qkvBias));
  const channels = weights.projectionBias.length;
  const width = channels / heads;
  const part = (row: number[], which: number, head: number) =>
    row.slice(which * channels + head * width, which * channels + (head + 1) * width);
  return mixed.map((row) => {
    const joined = Array.from({ length: heads }, (_, head) => {
      const query = part(row, 0, head);
      const attended = mixed.slice(0, keys);
      const scores = attended.map((other) =>
        Math.exp(
          part(other, 1, head).reduce((sum, key, index) => sum + key * (query[index] ?? 0), 0) /
            Math.sqrt(width),
        ),
      );
      const total = scores.reduce((sum, score) => sum + score, 0);
      return Array.from({ length: width }, (_, index) =>
        attended.reduce(
          (sum, other, token) => sum + ((scores[token] ?? 0) / total) * (part(other, 2, head)[index] ?? 0),
          0,
        ),
      );
    }).flat();
    return affine(joined, weights.projection, weights.projectionBias);
  });
}

describe('attention', () => {
  it.each([
    ['all tokens', undefined],
    ['the first two tokens', 2],
  ])('equals a loop in float64, with keys and values of %s', (_whose, keys) => {
    const layer = attention({ channels: 6, heads: 3, random, initialise: wide });
    layer.variables['qkv.bias']?.assign(random.normal('qkv bias', [18]));
    layer.variables['projection.bias']?.assign(random.normal('projection bias', [6]));
    const tokens = random.normal('tokens', [2, 5, 6]) as tf.Tensor3D;
    const array = (path: string) => layer.variables[path]?.arraySync();
    const weights = {
      qkv: array('qkv.weight') as number[][],
      qkvBias: array('qkv.bias') as number[],
      projection: array('projection.weight') as number[][],
      projectionBias: array('projection.bias') as number[],
    };
    const expected = tokens.arraySync().map((image) => attendNaively(image, weights, 3, keys));
    expectClose(
      layer.apply(tokens, evaluationPass(), keys),
      { shape: [2, 5, 6], values: expected.flat(2) },
      1e-5,
    );
  });

  it.each([3, 2])('has the gradient of finite differences, with keys of %i of 3 tokens', (keys) => {
    const layer = attention({ channels: 4, heads: 2, random, initialise: wide });
    const weights = random.normal('score', [2, 3, 4]);
    expectGradientOfDifferences(
      (tokens) =>
        tf.sum(tf.mul(layer.apply(tokens as tf.Tensor3D, evaluationPass(), keys), weights)) as tf.Scalar,
      random.normal('tokens', [2, 3, 4]),
    );
  });

  it('gives permuted tokens the same outputs, permuted', () => {
    const layer = attention({ channels: 4, heads: 2, random, initialise: wide });
    const tokens = random.normal('tokens', [1, 5, 4]) as tf.Tensor3D;
    const reversed = layer.apply(tf.reverse(tokens, 1), evaluationPass());
    const outputs = layer.apply(tokens, evaluationPass());
    expectClose(tf.reverse(reversed, 1), { shape: [1, 5, 4], values: outputs.dataSync() }, 1e-5);
  });

  it('survives scores too large for exp', () => {
    const layer = attention({ channels: 4, heads: 1, random, initialise: wide });
    const outputs = layer.apply(tf.mul(random.normal('tokens', [1, 5, 4]), 1e3), evaluationPass());
    for (const value of outputs.dataSync()) expect(Number.isFinite(value)).toBe(true);
  });

  it('has four variables, or three without the bias of queries, keys and values', () => {
    expect(Object.keys(attention({ channels: 4, heads: 2, random }).variables)).toEqual([
      'qkv.weight',
      'qkv.bias',
      'projection.weight',
      'projection.bias',
    ]);
    expect(Object.keys(attention({ channels: 4, heads: 2, random, qkvBias: false }).variables)).toEqual([
      'qkv.weight',
      'projection.weight',
      'projection.bias',
    ]);
  });

  it('says that heads must divide channels', () => {
    expect(() => attention({ channels: 8, heads: 3, random })).toThrow(
      '3 heads do not divide 8 channels; choose a number of heads that does.',
    );
  });
});
