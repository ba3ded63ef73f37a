import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { crossEntropy, softCrossEntropy } from './cross-entropy.js';
import { createRandom } from './random.js';

const fixture = readFixture('functions');
const logits = () => tf.tensor(fixture('logits').values, [4, 6]) as tf.Tensor2D;
const labels = () => tf.tensor(fixture('labels').values, [4], 'int32') as tf.Tensor1D;
const softLabels = () => tf.tensor(fixture('soft_labels').values, [4, 6]) as tf.Tensor2D;
const scalar = (name: string) => ({ shape: [], values: fixture(name).values });

describe('crossEntropy', () => {
  it('equals PyTorch', () => {
    expectClose(crossEntropy(logits(), labels()), scalar('cross_entropy'), 1e-6);
  });

  it('equals PyTorch with label smoothing', () => {
    expectClose(
      crossEntropy(logits(), labels(), { smoothing: 0.1 }),
      scalar('cross_entropy_smoothing_0.1'),
      1e-6,
    );
  });

  it('is ln(classes) for equal logits, whatever the smoothing', () => {
    const chance = { shape: [], values: [Math.log(7)] };
    const classes = tf.tensor1d([0, 3, 6], 'int32');
    expectClose(crossEntropy(tf.fill([3, 7], 2.5), classes), chance, 1e-6);
    expectClose(crossEntropy(tf.fill([3, 7], 2.5), classes, { smoothing: 0.3 }), chance, 1e-6);
  });

  it('stays exact with huge logits', () => {
    const huge = tf.tensor2d([
      [1e4, 0, -1e4],
      [1e4, 0, -1e4],
      [1e30, 1e30, -1e30],
      [-1e30, -1e30, -1e30],
    ]);
    const expected = (0 + 2e4 + Math.log(2) + Math.log(3)) / 4;
    const classes = tf.tensor1d([0, 2, 1, 0], 'int32');
    expectClose(crossEntropy(huge, classes), { shape: [], values: [expected] }, 1e-6);
    const gradient = tf.grad((x) => crossEntropy(x as tf.Tensor2D, classes))(huge);
    expectClose(
      gradient,
      {
        shape: [4, 3],
        values: [0, 0, 0, 1, 0, -1, 0.5, -0.5, 0, 1 / 3 - 1, 1 / 3, 1 / 3].map((value) => value / 4),
      },
      1e-6,
    );
  });

  it('has the gradient of finite differences', () => {
    for (const smoothing of [0, 0.1])
      expectGradientOfDifferences((x) => crossEntropy(x as tf.Tensor2D, labels(), { smoothing }), logits());
  });

  it('leaves nothing behind but its gradient', () => {
    const [input, classes] = [logits(), labels()];
    const before = tf.memory().numTensors;
    tf.grad((x) => crossEntropy(x as tf.Tensor2D, classes))(input).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('softCrossEntropy', () => {
  it('equals PyTorch', () => {
    expectClose(softCrossEntropy(logits(), softLabels()), scalar('cross_entropy_soft'), 1e-6);
  });

  it('spreads a share of the targets evenly', () => {
    const [, classes] = softLabels().shape;
    const smooth = tf.add(tf.mul(softLabels(), 0.9), 0.1 / classes) as tf.Tensor2D;
    expectClose(
      softCrossEntropy(logits(), softLabels(), { smoothing: 0.1 }),
      { shape: [], values: softCrossEntropy(logits(), smooth).dataSync() },
      1e-6,
    );
  });

  it('has the gradient of finite differences for logits and targets', () => {
    const random = createRandom({ seed: 0, step: 0 });
    const input = random.normal('logits', [3, 5]) as tf.Tensor2D;
    const targets = tf.softmax(random.normal('targets', [3, 5])) as tf.Tensor2D;
    expectGradientOfDifferences((x) => softCrossEntropy(x as tf.Tensor2D, targets), input);
    expectGradientOfDifferences((x) => softCrossEntropy(input, x as tf.Tensor2D), targets);
  });
});
