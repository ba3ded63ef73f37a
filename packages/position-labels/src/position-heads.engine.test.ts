import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  evaluationPass,
  type FeatureSpec,
  type Features,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { absolutePositions } from './absolute-positions.js';
import { droppedPositions } from './dropped-positions.js';
import { jigsawPositions } from './jigsaw-positions.js';
import { linearPositions } from './linear-positions.js';
import type { PositionHead } from './position-head.js';
import { relativeDirections } from './relative-directions.js';
import { relativeOffsets } from './relative-offsets.js';
import { relativePositions } from './relative-positions.js';

const grid = { rows: 2, columns: 4 };
const order = [
  [6, 1, 0, 3, 7],
  [2, 5, 4, 0, 1],
];
const spec: FeatureSpec = {
  contract: 1,
  stages: [{ grid, channels: 8, length: 5 }],
  pooled: 0,
  positionEncoding: 'partial',
};
const given = [
  [1, 0, 0, 1, 0],
  [0, 1, 0, 0, 0],
];
const initial = createRandom({ seed: 5, step: 0 });
const draw = () => initial.normal('tokens', [2, 5, 8]) as tf.Tensor3D;
const features = (tokens: tf.Tensor, positions = order, told = given): Features => ({
  stages: [
    {
      tokens: tokens as tf.Tensor3D,
      positions: tf.tensor2d(positions, undefined, 'int32'),
      grid,
      positionGiven: tf.tensor2d(told),
    },
  ],
});

// Weights of a deviation of 0.02 make losses so flat that float32 differences are noise.
function lively(head: PositionHead): PositionHead {
  for (const [path, variable] of Object.entries(head.variables))
    variable.assign(tf.mul(initial.normal(path, variable.shape), 0.5));
  return head;
}

const heads: Record<string, () => PositionHead> = {
  'absolute, half': () => absolutePositions({ spec }) as PositionHead,
  'absolute, all': () => absolutePositions({ spec, channels: 'all', hidden: [5, 3] }) as PositionHead,
  'relative, half': () => relativePositions({ spec }) as PositionHead,
  'relative, all': () => relativePositions({ spec, channels: 'all', hidden: [5, 3] }) as PositionHead,
  'relative, sampled': () => relativePositions({ spec, pairs: 6 }) as PositionHead,
  linear: () => linearPositions({ spec }) as PositionHead,
  jigsaw: () => jigsawPositions({ spec }) as PositionHead,
  directions: () => relativeDirections({ spec, width: 2 }) as PositionHead,
  'offsets in cells': () => relativeOffsets({ spec, pairs: 6, hidden: 7 }) as PositionHead,
  'offsets in sides': () => relativeOffsets({ spec, pairs: 6, hidden: 7, unit: 'side' }) as PositionHead,
  dropped: () =>
    droppedPositions({ spec, decoder: { channels: 6, depth: 1, heads: 2 }, sigma: 0.8 }) as PositionHead,
};
const passes = { training: trainingPass({ seed: 2, step: 4 }), evaluation: evaluationPass() };

for (const [name, make] of Object.entries(heads))
  for (const [mode, pass] of Object.entries(passes))
    describe(`the head "${name}" in ${mode}`, () => {
      it('has the gradient of finite differences', () => {
        const head = lively(make());
        expectGradientOfDifferences((tokens) => head.loss(features(tokens), {}, pass).loss, draw());
      });

      it('gives every variable a gradient and leaks no tensor in 50 steps', () => {
        const head = lively(make());
        const all = features(draw());
        const step = () =>
          tf.tidy(() => {
            const { grads } = tf.variableGrads(
              () => head.loss(all, {}, pass).loss,
              Object.values(head.variables),
            );
            return Object.values(grads).map((gradient) => tf.max(tf.abs(gradient)).dataSync()[0] ?? 0);
          });
        for (const largest of step()) expect(largest).toBeGreaterThan(0);
        const before = tf.memory().numTensors;
        for (let count = 0; count < 50; count += 1) step();
        expect(tf.memory().numTensors).toBe(before);
      });

      it('leaks no tensor in 50 losses with metrics', () => {
        const head = make();
        const all = features(draw());
        const before = tf.memory().numTensors;
        for (let count = 0; count < 50; count += 1)
          tf.tidy(() => {
            const { loss, metrics = {} } = head.loss(all, {}, pass);
            expect(['loss', ...Object.keys(metrics)]).toEqual(Object.keys(head.chance));
            for (const { shape } of [loss, ...Object.values(metrics)]) expect(shape).toEqual([]);
          });
        expect(tf.memory().numTensors).toBe(before);
      });

      it('keeps its loss and metrics when tokens and positions change their order together', () => {
        const head = lively(make());
        const turned = [3, 0, 4, 1, 2];
        const tokens = draw();
        const reordered = tf.concat(
          turned.map((from) => tf.slice(tokens, [0, from, 0], [2, 1, 8])),
          1,
        );
        const inTurn = (images: number[][]) =>
          images.map((image) => turned.map((from) => image[from] ?? Number.NaN));
        const statistics = (all: Features) => {
          const { loss, metrics = {} } = head.loss(all, {}, pass);
          return tf.stack([loss, ...Object.values(metrics)]);
        };
        const expected = statistics(features(tokens));
        expectClose(
          statistics(features(reordered, inTurn(order), inTurn(given))),
          { shape: expected.shape, values: expected.dataSync() },
          1e-6,
        );
      });

      it('never mixes images: what one adds to the loss does not depend on the other', () => {
        const head = lively(make());
        const images = ['a', 'b', 'c', 'd'].map((image) => initial.normal(image, [1, 5, 8]));
        const loss = (first: number, second: number) => {
          const pair = tf.concat([images[first] as tf.Tensor, images[second] as tf.Tensor]);
          return head.loss(features(pair), {}, pass).loss;
        };
        const difference = tf.sub(loss(0, 1), loss(0, 2));
        expect(difference.dataSync()[0]).not.toBe(0);
        expectClose(tf.sub(loss(3, 1), loss(3, 2)), { shape: [], values: difference.dataSync() }, 1e-5, 1);
      });
    });
