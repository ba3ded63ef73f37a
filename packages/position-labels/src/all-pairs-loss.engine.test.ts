import * as tf from '@tensorflow/tfjs-core';
import { createRandom, type Grid, gelu } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { allPairsLoss } from './all-pairs-loss.js';
import { positionMetrics } from './position-metrics.js';
import { offsetCodes, offsetGrid, relativeClassCount, relativeLabels } from './relative-labels.js';

const hidden = 6;
const cases = [
  {
    grid: { rows: 2, columns: 3 },
    batch: 3,
    kept: [
      [4, 0, 5, 1, 3, 2],
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
    ],
  },
  {
    grid: { rows: 4, columns: 2 },
    batch: 2,
    kept: [
      [7, 2, 0, 5, 1],
      [3, 6, 4, 0, 2],
    ],
  },
  { grid: { rows: 1, columns: 5 }, batch: 1, kept: [[3]] },
];

type Inputs = [queries: tf.Tensor3D, keys: tf.Tensor3D, weight: tf.Tensor2D, bias: tf.Tensor1D];

function inputsOf(grid: Grid, batch: number, length: number): Inputs {
  const random = createRandom({ seed: 3, step: 0 });
  const classes = relativeClassCount(grid);
  return [
    random.normal('queries', [batch, length, hidden]) as tf.Tensor3D,
    random.normal('keys', [batch, length, hidden]) as tf.Tensor3D,
    random.normal('weight', [hidden, classes]) as tf.Tensor2D,
    random.normal('bias', [classes]) as tf.Tensor1D,
  ];
}

// Every pair's logits at once, by ordinary operations.
function naive([queries, keys, weight, bias]: Inputs, positions: tf.Tensor2D, grid: Grid) {
  const sums = tf.add(tf.expandDims(queries, 2), tf.expandDims(keys, 1));
  const rows = gelu(tf.reshape(sums, [-1, hidden])) as tf.Tensor2D;
  const logits = tf.add(tf.matMul(rows, weight), bias) as tf.Tensor2D;
  const labels = tf.reshape(relativeLabels(positions, grid), [-1]) as tf.Tensor1D;
  return { logits, labels };
}

function naiveLoss(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const wanted = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32');
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1))) as tf.Scalar;
}

describe('allPairsLoss', () => {
  for (const { grid, batch, kept } of cases) {
    const length = kept[0]?.length ?? 0;
    const classes = relativeClassCount(grid);
    const positionsOf = () => tf.tensor2d(kept, [batch, length], 'int32');
    // From one query at a time over parts of an image and several images to everything at once.
    for (const pairs of [1, 2 * length, length ** 2, 2 * length ** 2, 1000])
      for (const gradientNow of [true, false])
        it(`equals the naive form on ${grid.rows} x ${grid.columns} with ${length} tokens, ${pairs} pairs per tile, gradient ${gradientNow ? 'at once' : 'later'}`, () => {
          const inputs = inputsOf(grid, batch, length);
          const positions = positionsOf();
          const codes = offsetCodes(positions, grid) as tf.Tensor2D;
          const means = (...[queries, keys, weight, bias]: Inputs) =>
            allPairsLoss({ queries, keys, weight, bias, codes }, grid, {
              gradientNow,
              metricsOf: 'all images',
              numbers: pairs * Math.max(classes, hidden),
            });
          const { logits, labels } = naive(inputs, positions, grid);
          const { accuracy, withinOne, distance } = positionMetrics(logits, labels, offsetGrid(grid).columns);
          const expected = tf.stack([naiveLoss(logits, labels), accuracy, withinOne, distance]);
          expectClose(means(...inputs), { shape: [4], values: expected.dataSync() }, 1e-5);

          // Times 3: what comes from above must count.
          const threefold = tf.grads((...all: tf.Tensor[]) =>
            tf.mul(tf.slice(means(...(all as Inputs)), [0], [1]), 3).asScalar(),
          )(inputs);
          const naively = tf.grads((...all: tf.Tensor[]) => {
            const found = naive(all as Inputs, positions, grid);
            return tf.mul(naiveLoss(found.logits, found.labels), 3);
          })(inputs);
          for (const [index, gradient] of naively.entries())
            expectClose(
              threefold[index] as tf.Tensor,
              { shape: gradient.shape, values: gradient.dataSync() },
              1e-5,
            );
        });
  }

  it('measures the first images alone where that is asked for, but their loss with all others', () => {
    const grid = { rows: 1, columns: 3 };
    const inputs = inputsOf(grid, 3, 3);
    const kept = [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ];
    const means = (batch: number, metricsOf: 'all images' | 'first images') => {
      const [queries, keys, weight, bias] = inputs;
      const part = (tensor: tf.Tensor3D) => tf.slice(tensor, 0, batch);
      const codes = offsetCodes(tf.tensor2d(kept.slice(0, batch), [batch, 3], 'int32'), grid) as tf.Tensor2D;
      return allPairsLoss({ queries: part(queries), keys: part(keys), weight, bias, codes }, grid, {
        gradientNow: false,
        metricsOf,
        numbers: 6 * Math.max(relativeClassCount(grid), hidden), // two of the three queries of one image
      }).dataSync();
    };
    const [first, all] = [means(1, 'all images'), means(3, 'all images')];
    const measured = means(3, 'first images');
    expect(measured[0]).toBe(all[0]);
    expect(Array.from(measured.slice(1))).toEqual(Array.from(first.slice(1)));
    expect(Array.from(all.slice(1))).not.toEqual(Array.from(first.slice(1)));
  });

  it('stays finite where a naive softmax would overflow', () => {
    const grid = { rows: 1, columns: 2 };
    const [queries, keys, weight, bias] = inputsOf(grid, 1, 2).map((tensor) => tf.mul(tensor, 100)) as Inputs;
    const codes = offsetCodes(tf.tensor2d([[0, 1]], [1, 2], 'int32'), grid) as tf.Tensor2D;
    const loss = (...[q, k, w, b]: tf.Tensor[]) =>
      tf.reshape(
        tf.slice(
          allPairsLoss({ queries: q, keys: k, weight: w, bias: b, codes } as never, grid, {
            gradientNow: true,
            metricsOf: 'all images',
          }),
          [0],
          [1],
        ),
        [],
      );
    const { logits, labels } = naive(
      [queries, keys, weight, bias],
      tf.tensor2d([[0, 1]], [1, 2], 'int32'),
      grid,
    );
    expectClose(
      loss(queries, keys, weight, bias),
      { shape: [], values: naiveLoss(logits, labels).dataSync() },
      1e-5,
    );
    for (const gradient of tf.grads(loss)([queries, keys, weight, bias]))
      expect(Array.from(gradient.dataSync()).every(Number.isFinite)).toBe(true);
  });
});
