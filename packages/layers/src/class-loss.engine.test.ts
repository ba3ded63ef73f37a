import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { type ClassBatch, classAccuracy, classLoss } from './class-loss.js';

interface Reference {
  readonly logits: number[];
  readonly classes: number[];
  readonly targets: number[];
  readonly cases: readonly { smoothing: number; loss: number; gradient: number[] }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/mixed-targets.json', import.meta.url), 'utf8'),
);
const logits = () => tf.tensor2d(reference.logits, [4, 6]);
const hard = (): ClassBatch => ({ classes: tf.tensor1d(reference.classes, 'int32') });
const mixed = (): ClassBatch => ({ ...hard(), targets: tf.tensor2d(reference.targets, [4, 6]) });
const scalar = (value: number) => ({ shape: [], values: [value] });

describe('classLoss', () => {
  it.each(reference.cases)('equals timm for mixed images, smoothing $smoothing', (expected) => {
    const { smoothing } = expected;
    const loss = (x: tf.Tensor) => classLoss(x as tf.Tensor2D, mixed(), { smoothing });
    expectClose(loss(logits()), scalar(expected.loss), 1e-6);
    expectClose(tf.grad(loss)(logits()), { shape: [4, 6], values: expected.gradient }, 1e-6);
  });

  it('is the same for targets that are certain as for classes', () => {
    const certain = { ...hard(), targets: tf.cast(tf.oneHot(hard().classes, 6), 'float32') as tf.Tensor2D };
    for (const smoothing of [0, 0.1])
      expectClose(
        classLoss(logits(), certain, { smoothing }),
        scalar(classLoss(logits(), hard(), { smoothing }).dataSync()[0] ?? Number.NaN),
        1e-6,
      );
  });

  it('says which shape the targets must have', () => {
    const wide = { ...hard(), targets: tf.zeros<tf.Rank.R2>([4, 7]) };
    expect(() => classLoss(logits(), wide)).toThrow(
      'The targets are [4,7], but the head predicts [4,6]: [batch, classes]. Mix for as many classes as the head has.',
    );
  });
});

describe('classAccuracy', () => {
  const guesses = () =>
    tf.tensor2d([
      [0, 9, 0],
      [0, 9, 0],
    ]);
  const classes = () => tf.tensor1d([0, 1], 'int32');

  it('counts images whose largest logit is that of their class', () => {
    expectClose(classAccuracy(guesses(), { classes: classes() }), scalar(0.5), 1e-6);
  });

  it('goes by the larger target where images are mixed', () => {
    const targets = tf.tensor2d([
      [0.3, 0.7, 0],
      [0.7, 0.3, 0],
    ]);
    expectClose(classAccuracy(guesses(), { classes: classes(), targets }), scalar(0.5), 1e-6);
    const other = tf.tensor2d([
      [0.3, 0.7, 0],
      [0.3, 0.7, 0],
    ]);
    expectClose(classAccuracy(guesses(), { classes: classes(), targets: other }), scalar(1), 1e-6);
  });
});
