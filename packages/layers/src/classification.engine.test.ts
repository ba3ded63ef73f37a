import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { classification } from './classification.js';
import { crossEntropy, softCrossEntropy } from './cross-entropy.js';
import type { FeatureSpec, Features } from './features.js';
import { evaluationPass, trainingPass } from './pass.js';
import { createRandom } from './random.js';

const spec: FeatureSpec = {
  contract: 1,
  stages: [{ grid: { rows: 1, columns: 1 }, channels: 8, length: 1 }],
  pooled: 4,
  positionEncoding: 'none',
};
const features = (pooled: tf.Tensor2D): Features => ({
  stages: [
    {
      tokens: tf.zeros([pooled.shape[0], 1, 8]),
      positions: tf.zeros([pooled.shape[0], 1], 'int32'),
      grid: { rows: 1, columns: 1 },
    },
  ],
  pooled,
});
const pooled = () => createRandom({ seed: 1, step: 0 }).normal('pooled', [3, 4]) as tf.Tensor2D;
const batch = () => ({ classes: tf.tensor1d([2, 0, 1], 'int32') });

describe('classification', () => {
  it('predicts logits by one linear layer on the pooled vector', () => {
    const head = classification({ spec, classes: 3 });
    const { weight, bias } = head.variables as { weight: tf.Variable<tf.Rank.R2>; bias: tf.Variable };
    bias.assign(tf.tensor1d([1, 2, 3]));
    const expected = tf.add(tf.matMul(pooled(), weight), bias);
    expectClose(
      head.apply(features(pooled()), evaluationPass()),
      { shape: [3, 3], values: expected.dataSync() },
      1e-6,
    );
  });

  it('reports the share of images whose largest logit is the label', () => {
    const head = classification({ spec, classes: 4 });
    head.variables.weight?.assign(tf.eye(4));
    const oneHot = tf.tensor2d([
      [0, 0, 1, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
    const { metrics } = head.loss(features(oneHot), batch(), evaluationPass());
    expectClose(metrics?.accuracy as tf.Scalar, { shape: [], values: [2 / 3] }, 1e-6);
  });

  it('smooths labels in training alone', () => {
    const head = classification({ spec, classes: 3, smoothing: 0.2 });
    const logits = head.apply(features(pooled()), evaluationPass());
    for (const [pass, smoothing] of [
      [evaluationPass(), 0],
      [trainingPass({ seed: 0, step: 0 }), 0.2],
    ] as const)
      expectClose(
        head.loss(features(pooled()), batch(), pass).loss,
        { shape: [], values: crossEntropy(logits, batch().classes, { smoothing }).dataSync() },
        1e-6,
      );
  });

  it('has a second classifier where there is a distilled vector, and predicts the mean of both', () => {
    const head = classification({ spec: { ...spec, distilled: 4 }, classes: 4 });
    for (const path of ['weight', 'distilled.weight']) head.variables[path]?.assign(tf.eye(4));
    expect(Object.keys(head.variables)).toEqual(['weight', 'bias', 'distilled.weight', 'distilled.bias']);
    const distilled = createRandom({ seed: 1, step: 0 }).normal('distilled', [3, 4]) as tf.Tensor2D;
    const both = { ...features(pooled()), distilled };
    const predicted = tf.div(tf.add(pooled(), distilled), 2) as tf.Tensor2D;
    expectClose(head.apply(both, evaluationPass()), { shape: [3, 4], values: predicted.dataSync() }, 1e-6);
    const lossOf = (logits: tf.Tensor2D) => crossEntropy(logits, batch().classes).dataSync()[0] ?? Number.NaN;
    for (const [pass, expected] of [
      [evaluationPass(), lossOf(predicted)],
      [trainingPass({ seed: 0, step: 0 }), (lossOf(pooled()) + lossOf(distilled)) / 2],
    ] as const)
      expectClose(head.loss(both, batch(), pass).loss, { shape: [], values: [expected] }, 1e-6);
  });

  it('learns from mixed targets instead of classes, smoothed once and in training alone', () => {
    const head = classification({ spec, classes: 3, smoothing: 0.2 });
    const targets = tf.tensor2d([
      [0.4, 0, 0.6],
      [1, 0, 0],
      [0.6, 0, 0.4],
    ]);
    const logits = head.apply(features(pooled()), evaluationPass());
    for (const [pass, smoothing] of [
      [evaluationPass(), 0],
      [trainingPass({ seed: 0, step: 0 }), 0.2],
    ] as const)
      expectClose(
        head.loss(features(pooled()), { ...batch(), targets }, pass).loss,
        { shape: [], values: softCrossEntropy(logits, targets, { smoothing }).dataSync() },
        1e-6,
      );
  });

  it('starts by its seed', () => {
    const weights = (seed?: number) =>
      Array.from(
        classification({
          spec,
          classes: 3,
          ...(seed === undefined ? {} : { seed }),
        }).variables.weight?.dataSync() ?? [],
      );
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
    expect(weights()).toEqual(weights(0));
  });

  it('says that it needs a pooled vector', () => {
    expect(() => classification({ spec: { ...spec, pooled: 0 }, classes: 3 })).toThrow(
      'The classification head needs a pooled vector (a class token or an average), but the backbone pools nothing.',
    );
  });
});
