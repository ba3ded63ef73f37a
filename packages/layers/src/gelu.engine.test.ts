import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { gelu } from './gelu.js';

describe('gelu', () => {
  it('equals the exact GELU of PyTorch', () => {
    const fixture = readFixture('functions');
    expectClose(gelu(tf.tensor(fixture('x').values)), fixture('gelu'), 1e-6);
  });

  it('has the gradient of finite differences, in the tails too', () => {
    const points = tf.tensor1d([-8, -4, -2.5, -1, -0.75, -0.1, 0, 0.1, 0.75, 1, 2.5, 4, 8]);
    expectGradientOfDifferences((x) => tf.sum(gelu(x)) as tf.Scalar, points);
  });

  it('ends in zero on the left and in the identity on the right', () => {
    const far = tf.tensor1d([-1e20, -100, -10, 10, 100, 1e20]);
    expect(Array.from(gelu(far).dataSync())).toEqual(
      [-0, -0, -0, 10, 100, Math.fround(1e20)].map((value) => expect.closeTo(value, 5)),
    );
    const slope = tf.grad((x) => tf.sum(gelu(x)))(far);
    expectClose(slope, { shape: [6], values: [0, 0, 0, 1, 1, 1] }, 1e-6);
  });

  it('is zero to 1e-6 where the exact value is smaller than float32 can tell', () => {
    for (const value of gelu(tf.linspace(-12, -5.5, 50)).dataSync())
      expect(Math.abs(value)).toBeLessThan(1e-6);
  });

  it('keeps any shape and leaves nothing behind', () => {
    const input = tf.zeros([2, 3, 4, 5]);
    const before = tf.memory().numTensors;
    const output = gelu(input);
    expect(output.shape).toEqual([2, 3, 4, 5]);
    output.dispose();
    tf.grad((x: tf.Tensor) => tf.sum(gelu(x)))(input).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
