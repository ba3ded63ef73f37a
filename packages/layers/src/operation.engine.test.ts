import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { operation } from './operation.js';

const product = operation((...inputs) => {
  const [left, right] = inputs as [tf.Tensor, tf.Tensor];
  return {
    value: tf.mul(left, right),
    saved: [left, right],
    gradient: (upstream, saved) => [
      tf.mul(upstream, saved[1] as tf.Tensor),
      tf.mul(upstream, saved[0] as tf.Tensor),
    ],
  };
});

describe('operation', () => {
  it('gives one gradient per input, in order', () => {
    const [left, right] = tf.grads((a: tf.Tensor, b: tf.Tensor) => product(a, b))([
      tf.scalar(3),
      tf.scalar(5),
    ]);
    expect([left?.dataSync()[0], right?.dataSync()[0]]).toEqual([5, 3]);
  });

  it('uses the gradient that it was given, not the one of the steps inside', () => {
    const wrongOnPurpose = operation((x) => ({
      value: tf.square(x),
      saved: [],
      gradient: (upstream) => [tf.mul(upstream, 100)],
    }));
    expect(tf.grad(wrongOnPurpose)(tf.scalar(3)).dataSync()[0]).toBe(100);
  });

  it('chains with other operations and adds up over several uses', () => {
    const gradient = tf.grad((x: tf.Tensor) => product(product(x, x), tf.add(x, 1)))(tf.scalar(2)); // x³ + x²
    expect(gradient.dataSync()[0]).toBe(16);
  });

  it('keeps what it saved until the gradient is computed, and no longer', () => {
    const input = tf.scalar(2);
    const before = tf.memory().numTensors;
    product(input, input).dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.grad((x: tf.Tensor) => product(x, x))(input).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
