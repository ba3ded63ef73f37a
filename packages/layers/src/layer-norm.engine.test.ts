import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { layerNorm, standardise } from './layer-norm.js';
import { createRandom } from './random.js';

const random = createRandom({ seed: 0, step: 0 });

function standardiseInFloat64(values: ArrayLike<number>, channels: number, epsilon: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += channels) {
    const row = Array.from({ length: channels }, (_, index) => values[start + index] ?? 0);
    const mean = row.reduce((sum, value) => sum + value, 0) / channels;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels;
    row.forEach((value, index) => {
      result[start + index] = (value - mean) / Math.sqrt(variance + epsilon);
    });
  }
  return result;
}

const score = (outputs: tf.Tensor) =>
  tf.sum(tf.mul(outputs, random.normal('score', outputs.shape))) as tf.Scalar;

describe('standardise', () => {
  // The mean is rounded in float32, so the error grows with |mean| / deviation, most on wasm, which sums one by one.
  it.each([
    { mean: 0, deviation: 1, tolerance: 1e-6 },
    { mean: 3, deviation: 0.5, tolerance: 1e-5 },
    { mean: -100, deviation: 1, tolerance: 1e-4 },
    { mean: 1000, deviation: 1, tolerance: 1e-3 },
    { mean: 0, deviation: 1e4, tolerance: 1e-6 },
    { mean: 0, deviation: 1e-4, tolerance: 1e-5 }, // epsilon counts: the variance is 1e-8
  ])('equals float64 for a mean of $mean and a deviation of $deviation', ({ mean, deviation, tolerance }) => {
    const tokens = tf.add(tf.mul(random.normal('tokens', [4, 5, 192]), deviation), mean);
    const values = standardiseInFloat64(tokens.dataSync(), 192, 1e-6);
    expectClose(standardise(tokens, 1e-6), { shape: [4, 5, 192], values }, tolerance);
  });

  it('makes zeros of constant channels', () => {
    expect(Array.from(standardise(tf.fill([2, 4], 0.5), 1e-6).dataSync())).toEqual(Array(8).fill(0));
  });

  it('has the gradient of finite differences', () => {
    expectGradientOfDifferences((x) => score(standardise(x, 1e-5)), random.normal('tokens', [2, 3, 6]));
    expectGradientOfDifferences(
      (x) => score(standardise(x, 0.1)),
      tf.add(random.normal('tokens', [3, 4]), 2),
    );
  });
});

describe('layerNorm', () => {
  it('scales and shifts each channel', () => {
    const norm = layerNorm({ channels: 2, epsilon: 0 });
    norm.variables.weight?.assign(tf.tensor1d([2, 3]));
    norm.variables.bias?.assign(tf.tensor1d([10, 20]));
    expectClose(norm.apply(tf.tensor2d([[1, 3]])), { shape: [1, 2], values: [8, 23] }, 1e-6);
  });

  it('has the gradient of finite differences for weight and bias', () => {
    const norm = layerNorm({ channels: 4 });
    const tokens = random.normal('tokens', [2, 3, 4]);
    const { grads } = tf.variableGrads(() => score(norm.apply(tokens)), Object.values(norm.variables));
    const standard = standardise(tokens, 1e-6);
    const upstream = random.normal('score', [2, 3, 4]);
    const { weight, bias } = norm.variables as { weight: tf.Variable; bias: tf.Variable };
    const expected = (product: tf.Tensor) => {
      const sum = tf.sum(product, [0, 1]);
      return { shape: [4], values: sum.dataSync() };
    };
    expectClose(grads[weight.name] as tf.Tensor, expected(tf.mul(standard, upstream)), 1e-5);
    expectClose(grads[bias.name] as tf.Tensor, expected(upstream), 1e-5);
  });

  it('leaves nothing behind but its gradients', () => {
    const norm = layerNorm({ channels: 4 });
    const tokens = random.normal('tokens', [2, 3, 4]);
    const before = tf.memory().numTensors;
    const { grads, value } = tf.variableGrads(() => tf.tidy(() => score(norm.apply(tokens))));
    tf.dispose([grads, value]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
