import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { layerScale } from './layer-scale.js';
import { createRandom } from './random.js';

const random = createRandom({ seed: 0, step: 0 });

describe('layerScale', () => {
  it('starts with one factor for all channels, and multiplies each by its own', () => {
    const layer = layerScale({ channels: 3, initial: 0.25 });
    const { weight } = layer.variables;
    expectClose(weight as tf.Variable, { shape: [3], values: [0.25, 0.25, 0.25] }, 0);
    weight?.assign(tf.tensor1d([1, -2, 3]));
    const tokens = tf.tensor3d([1, 2, 3, 4, 5, 6], [1, 2, 3]);
    expectClose(layer.apply(tokens), { shape: [1, 2, 3], values: [1, -4, 9, 4, -10, 18] }, 0);
  });

  it('has the gradients of finite differences, for tokens and factors', () => {
    const layer = layerScale({ channels: 3, initial: 1 });
    const weight = layer.variables.weight as tf.Variable;
    const [tokens, score] = [random.normal('tokens', [2, 4, 3]), random.normal('score', [2, 4, 3])];
    weight.assign(random.normal('weight', [3]));
    expectGradientOfDifferences((x) => tf.sum(tf.mul(layer.apply(x), score)) as tf.Scalar, tokens);
    const { grads } = tf.variableGrads(() => tf.sum(tf.mul(layer.apply(tokens), score)) as tf.Scalar);
    const expected = tf.sum(tf.mul(tokens, score), [0, 1]);
    expectClose(grads[weight.name] as tf.Tensor, { shape: [3], values: expected.dataSync() }, 1e-5);
  });

  it('refuses a start that would leave a branch without a gradient', () => {
    for (const initial of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => layerScale({ channels: 3, initial })).toThrow(
        `A layer scale starts at a number above 0, such as 1e-5; ${initial} is not.`,
      );
  });
});
