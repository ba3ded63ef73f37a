import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { gelu } from './gelu.js';
import { mlp } from './mlp.js';
import { createRandom } from './random.js';

const random = createRandom({ seed: 0, step: 0 });
const layer = () =>
  mlp({
    channels: 3,
    hidden: 5,
    random,
    initialise: (source, name, shape) => tf.mul(source.normal(name, shape), 0.7),
  });

describe('mlp', () => {
  it('is a product, a GELU and a product', () => {
    const { apply, variables } = layer();
    const tokens = random.normal('tokens', [4, 3]) as tf.Tensor2D;
    const matrix = (path: string) => variables[path] as tf.Tensor as tf.Tensor2D;
    const hidden = gelu(tf.matMul(tokens, matrix('hidden.weight')));
    const expected = tf.matMul(hidden, matrix('output.weight'));
    expectClose(apply(tokens), { shape: [4, 3], values: expected.dataSync() }, 1e-6);
  });

  it('has the gradient of finite differences', () => {
    const { apply } = layer();
    const weights = random.normal('score', [2, 2, 3]);
    expectGradientOfDifferences(
      (tokens) => tf.sum(tf.mul(apply(tokens), weights)) as tf.Scalar,
      random.normal('tokens', [2, 2, 3]),
    );
  });

  it('draws its two weights apart', () => {
    const { variables } = mlp({ channels: 4, hidden: 4, random });
    expect(variables['hidden.weight']?.dataSync()).not.toEqual(variables['output.weight']?.dataSync());
  });
});
