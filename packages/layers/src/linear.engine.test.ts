import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { linear, project } from './linear.js';
import { createRandom } from './random.js';

const random = createRandom({ seed: 0, step: 0 });
const tokens = () => random.normal('tokens', [2, 3, 4]) as tf.Tensor3D;
const weight = () => random.normal('weight', [4, 5]) as tf.Tensor2D;
const bias = () => random.normal('bias', [5]) as tf.Tensor1D;

// A scalar that gives every output a gradient of its own.
const score = (outputs: tf.Tensor) =>
  tf.sum(tf.mul(outputs, random.normal('score', outputs.shape))) as tf.Scalar;

describe('project', () => {
  it('multiplies the last axis and adds the bias', () => {
    const [x, w, b] = [tokens().dataSync(), weight().dataSync(), bias().dataSync()];
    const values = Float64Array.from({ length: 2 * 3 * 5 }, (_, index) => {
      const row = Math.floor(index / 5);
      const column = index % 5;
      let sum = b[column] ?? 0;
      for (let input = 0; input < 4; input += 1)
        sum += (x[row * 4 + input] ?? 0) * (w[input * 5 + column] ?? 0);
      return sum;
    });
    expectClose(project(tokens(), weight(), bias()), { shape: [2, 3, 5], values }, 1e-6);
  });

  it('takes rows of any rank', () => {
    expect(project(tf.ones([4]), weight()).shape).toEqual([5]);
    expect(project(tf.ones([6, 4]), weight()).shape).toEqual([6, 5]);
    expect(project(tf.ones([2, 3, 2, 4]), weight()).shape).toEqual([2, 3, 2, 5]);
  });

  it('has the gradient of finite differences for tokens, weight and bias', () => {
    expectGradientOfDifferences((x) => score(project(x, weight(), bias())), tokens());
    expectGradientOfDifferences((w) => score(project(tokens(), w, bias())), weight());
    expectGradientOfDifferences((b) => score(project(tokens(), weight(), b)), bias());
    expectGradientOfDifferences((x) => score(project(x, weight())), tokens());
  });

  it('adds up the gradients of tokens that are read twice', () => {
    expectGradientOfDifferences(
      (x) => score(tf.add(tf.mul(project(x, weight(), bias()), project(x, weight())), tf.sum(x))),
      tokens(),
    );
  });

  it('says which channels it expected', () => {
    expect(() => project(tf.ones([2, 3, 6]), weight())).toThrow(
      'A linear layer of 4 inputs was given [2,3,6]: 6 channels, expected 4.',
    );
  });

  it('leaves nothing behind but its gradients', () => {
    const layer = linear({ inputs: 4, outputs: 5, random });
    const input = tokens();
    const before = tf.memory().numTensors;
    const { grads, value } = tf.variableGrads(() => tf.tidy(() => score(layer.apply(input))));
    expect(Object.keys(grads)).toHaveLength(2);
    tf.dispose([grads, value]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('linear', () => {
  it('starts its bias at zero and its weight as it is told', () => {
    const { variables } = linear({
      inputs: 3,
      outputs: 2,
      random,
      initialise: (_random, name, shape) => tf.fill([...shape], name.length),
    });
    expect(Array.from(variables.bias?.dataSync() ?? [])).toEqual([0, 0]);
    expect(Array.from(variables.weight?.dataSync() ?? [])).toEqual([6, 6, 6, 6, 6, 6]);
  });

  it('has no bias when it is switched off', () => {
    const layer = linear({ inputs: 3, outputs: 2, random, bias: false });
    expect(Object.keys(layer.variables)).toEqual(['weight']);
    expect(Array.from(layer.apply(tf.zeros([1, 3])).dataSync())).toEqual([0, 0]);
  });
});
