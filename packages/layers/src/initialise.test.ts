import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { smallNormal, xavierUniform } from './initialise.js';
import { createRandom } from './random.js';

const random = createRandom({ seed: 0, step: 0 });
const deviation = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0) / values.length);

describe('initialisers', () => {
  it('draws normal values with a deviation of 0.02', () => {
    const values = smallNormal(random, 'weight', [100, 200]).dataSync();
    expect(Math.abs(deviation(values) / 0.02 - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length));
  });

  it('draws uniform values within ±√(6 / (inputs + outputs))', () => {
    const values = xavierUniform(random, 'weight', [64, 128]).dataSync();
    const bound = Math.sqrt(6 / (64 + 128));
    const largest = Math.max(...values);
    expect(largest).toBeLessThan(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
    expect(Math.min(...values)).toBeLessThan(-0.99 * bound);
    expect(Math.abs(deviation(values) / (bound / Math.sqrt(3)) - 1)).toBeLessThan(
      5 / Math.sqrt(values.length),
    );
  });

  it('leaves nothing behind but the value', () => {
    for (const initialise of [smallNormal, xavierUniform]) {
      const before = tf.memory().numTensors;
      initialise(random, 'weight', [2, 3]).dispose();
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});
