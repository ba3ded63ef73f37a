import * as tf from '@tensorflow/tfjs-core';
import { type Comparison, compareWithEager } from '../../testing/compare-with-eager.js';
import { bools, exactly, integers, numbers } from '../../testing/random-tensors.js';
import { reductions } from './reductions.js';

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

const ways: readonly [string, number | number[] | undefined, boolean][] = [
  ['all axes', undefined, false],
  ['all axes, kept', undefined, true],
  ['the first axis', 0, false],
  ['the last axis, kept', -1, true],
  ['two axes', [0, 2], false],
];

const over = (reductions: readonly Reduce[]): Record<string, Comparison> =>
  Object.fromEntries(
    reductions.flatMap((reduce) =>
      ways.map(([way, axis, keep]) => [
        `${reduce.name.replace('__op', '')} of ${way}`,
        {
          inputs: { x: numbers([2, 3, 4], 0.5, 2) },
          run: ({ x }: { x: tf.Tensor }) => reduce(x, axis, keep),
        },
      ]),
    ),
  );

compareWithEager('reductions', reductions, {
  ...over([tf.sum, tf.mean, tf.max, tf.min]),
  products: {
    inputs: { x: numbers([2, 3, 4], 0.5, 2) },
    run: ({ x }) => ways.map(([, axis, keep]) => tf.prod(x, axis, keep)),
  },
  'gradient of a product': { inputs: { x: numbers([2, 3], 0.5, 2) }, run: ({ x }) => tf.prod(x, 1) },
  'of a scalar': { inputs: { x: numbers([]) }, run: ({ x }) => [tf.sum(x), tf.mean(x), tf.max(x)] },
  'of nothing': { inputs: { x: numbers([0, 3]) }, run: ({ x }) => [tf.sum(x), tf.sum(x, 0), tf.max(x, 0)] },
  'of integers': {
    inputs: { x: integers([3, 4]) },
    run: ({ x }) => [tf.sum(x, 0), tf.mean(x, 1), tf.max(x), tf.min(x, 1, true), tf.prod(x, 1)],
  },
  'of truths': {
    inputs: { x: bools([3, 4]) },
    run: ({ x }) => [tf.sum(x, 0), tf.mean(x), tf.all(x, 1), tf.any(x), tf.all(x), tf.any(x, [0, 1], true)],
  },
  'positions of extremes': {
    inputs: { x: numbers([3, 4, 5]), y: integers([3, 4]), z: bools([6]) },
    run: ({ x, y, z }) => [
      ...[0, 1, -1].flatMap((axis) => [tf.argMax(x, axis), tf.argMin(x, axis)]),
      tf.argMax(y, 1),
      tf.argMin(y),
      tf.argMax(z),
    ],
  },
  'positions of equal extremes': {
    inputs: { x: exactly([1, 3, 3, 1]) },
    run: ({ x }) => [tf.argMax(x), tf.argMin(x)],
  },
  softmax: { inputs: { x: numbers([2, 3, 5], -9, 9) }, run: ({ x }) => tf.softmax(x) },
  'softmax of one row': { inputs: { x: numbers([7]) }, run: ({ x }) => tf.softmax(x), magnitude: 1 },
  'log of softmax': { inputs: { x: numbers([3, 5], -9, 9) }, run: ({ x }) => tf.logSoftmax(x) },
  'log of a sum of exponentials': { inputs: { x: numbers([3, 5]) }, run: ({ x }) => tf.logSumExp(x, 1) },
  moments: {
    inputs: { x: numbers([3, 5]) },
    run: ({ x }) => Object.values(tf.moments(x, [1], true)) as tf.Tensor[],
  },
});
