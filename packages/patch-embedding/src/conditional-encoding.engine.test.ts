import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { createRandom, disposeVariables, type Grid } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { conditionalEncoding } from './conditional-encoding.js';

type Numbers = 'tokens' | 'weight' | 'bias' | 'upstream' | 'output';
interface Case extends Record<Numbers | 'tokensGradient' | 'weightGradient' | 'biasGradient', number[]> {
  readonly grid: Grid;
  readonly length: number;
  readonly positions?: number[][];
}

const file = new URL('../fixtures/conditional-encoding.json', import.meta.url);
const { batch, channels, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  batch: number;
  channels: number;
  cases: Case[];
};
const titled = cases.map((one): [string, Case] => [
  `${one.length} of ${one.grid.rows} x ${one.grid.columns}${one.positions === undefined ? '' : ', by position'}`,
  one,
]);
const random = createRandom({ seed: 0, step: 0 });
const made = (grid: Grid, width = channels) => {
  const encoding = conditionalEncoding({ grid, channels: width, random });
  const { weight, bias } = encoding.variables as { weight: tf.Variable; bias: tf.Variable };
  const { afterFirstBlock } = encoding;
  if (afterFirstBlock === undefined) throw new Error('A conditional encoding acts after the first block.');
  return { encoding, weight, bias, afterFirstBlock };
};

describe.each(titled)('the conditional encoding, %s', (_, one) => {
  it("equals PyTorch's convolution and its gradients", () => {
    const { encoding, weight, bias, afterFirstBlock } = made(one.grid);
    const shape = [batch, one.length, channels] as [number, number, number];
    tf.tidy(() => {
      weight.assign(tf.tensor(one.weight, [3, 3, channels]));
      bias.assign(tf.tensor(one.bias, [channels]));
      const positions =
        one.positions === undefined ? undefined : tf.tensor2d(one.positions, undefined, 'int32');
      const tokens = tf.variable(tf.tensor3d(one.tokens, shape));
      expectClose(afterFirstBlock(tokens as tf.Tensor3D, positions), { shape, values: one.output }, 1e-6);
      const { grads } = tf.variableGrads(
        () =>
          tf.sum(
            tf.mul(afterFirstBlock(tokens as tf.Tensor3D, positions), tf.tensor3d(one.upstream, shape)),
          ) as tf.Scalar,
      );
      const gradientOf = (value: tf.Variable) => grads[value.name] as tf.Tensor;
      expectClose(gradientOf(tokens), { shape, values: one.tokensGradient }, 1e-5);
      expectClose(gradientOf(weight), { shape: [3, 3, channels], values: one.weightGradient }, 1e-5);
      expectClose(gradientOf(bias), { shape: [channels], values: one.biasGradient }, 1e-5);
      tokens.dispose();
    });
    disposeVariables(encoding.variables);
  });
});

describe('the conditional encoding', () => {
  const grid = { rows: 3, columns: 4 };

  it('says what it is, and that no variable of it belongs to the grid', () => {
    const { encoding, weight, bias } = made(grid);
    expect(encoding).toMatchObject({ kind: 'conditional', undecayed: ['weight'], byPosition: [] });
    expect(encoding.rows()).toBeUndefined();
    const largest = Math.max(...made(grid, 64).weight.dataSync().map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / 3);
    expect(largest).toBeGreaterThan(0.32);
    expect([weight.shape, bias.shape]).toEqual([[3, 3, channels], [channels]]);
  });

  it('gives the whole grid in another order what it gives it in raster order', () => {
    const { afterFirstBlock } = made(grid);
    const tokens = random.normal('tokens', [2, 12, channels]) as tf.Tensor3D;
    const expected = afterFirstBlock(tokens);
    const backwards = tf.tensor2d([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 12], 'int32');
    const reversed = afterFirstBlock(tf.reverse(tokens, 1), tf.tile(backwards, [2, 1]));
    expectClose(tf.reverse(reversed, 1), { shape: expected.shape, values: expected.dataSync() }, 1e-6);
  });

  it('treats missing tokens as zeros', () => {
    const { afterFirstBlock } = made(grid);
    const tokens = random.normal('tokens', [1, 12, channels]) as tf.Tensor3D;
    const kept = [1, 4, 5, 10];
    const mask = tf.tensor3d(
      Array.from({ length: 12 }, (_, position) => (kept.includes(position) ? 1 : 0)),
      [1, 12, 1],
    );
    const expected = tf.gather(afterFirstBlock(tf.mul(tokens, mask)), kept, 1);
    const some = afterFirstBlock(tf.gather(tokens, kept, 1), tf.tensor2d([kept], undefined, 'int32'));
    expectClose(some, { shape: [1, 4, channels], values: expected.dataSync() }, 1e-6);
  });

  it('has the gradients of finite differences for tokens', () => {
    const { afterFirstBlock } = made(grid);
    const score = random.normal('score', [1, 12, channels]);
    expectGradientOfDifferences(
      (tokens) => tf.sum(tf.mul(afterFirstBlock(tokens as tf.Tensor3D), score)) as tf.Scalar,
      random.normal('tokens', [1, 12, channels]),
    );
  });

  it('leaves no tensors behind but its variables', () => {
    const before = tf.memory().numTensors;
    const { encoding, afterFirstBlock } = made(grid);
    tf.tidy(() => {
      const tokens = tf.ones<tf.Rank.R3>([1, 2, channels]);
      const positions = tf.tensor2d([[7, 2]], undefined, 'int32');
      tf.variableGrads(() => tf.sum(afterFirstBlock(tokens, positions)) as tf.Scalar);
    });
    expect(tf.memory().numTensors).toBe(before + 2);
    disposeVariables(encoding.variables);
  });
});
