import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { gelu } from './gelu.js';
import { polynomialGelu } from './polynomial-gelu.js';

describe('polynomialGelu', () => {
  const points = tf.linspace(-12, 12, 4801);
  const largestGap = (one: tf.Tensor, other: tf.Tensor) => tf.max(tf.abs(tf.sub(one, other))).dataSync()[0];

  it('is GELU within 5e-5', () => {
    expect(largestGap(polynomialGelu(points), gelu(points))).toBeLessThan(5e-5);
  });

  it('has the gradient of GELU within 7e-5', () => {
    const slope = (run: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => tf.sum(run(x)))(points);
    expect(largestGap(slope(polynomialGelu), slope(gelu))).toBeLessThan(7e-5);
  });

  it('ends in zero on the left and in the identity on the right', () => {
    const far = tf.tensor1d([-1e20, -100, -10, 10, 100, 1e20]);
    const expected = [0, 0, 0, 10, 100, Math.fround(1e20)];
    for (const [index, value] of polynomialGelu(far).dataSync().entries())
      expect(Math.abs(value - (expected[index] as number))).toBeLessThanOrEqual(
        1e-6 * Math.max(1, expected[index] as number),
      );
    const slope = tf.grad((x) => tf.sum(polynomialGelu(x)))(far);
    expectClose(slope, { shape: [6], values: [0, 0, 0, 1, 1, 1] }, 1e-6);
  });
});
