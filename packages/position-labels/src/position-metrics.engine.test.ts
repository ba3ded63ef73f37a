import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { positionMetrics } from './position-metrics.js';

it('measures top-1, neighbours and distance on the raster, not along the index', () => {
  // 3 rows of 4. Each pair is (guess, label): right, one to the right, diagonal, end of a row and start of the next, far.
  const pairs = [
    [5, 5],
    [6, 5],
    [0, 5],
    [3, 4],
    [11, 0],
  ] as const;
  const logits = tf.oneHot(
    tf.tensor1d(
      pairs.map(([guess]) => guess),
      'int32',
    ),
    12,
  );
  const labels = tf.tensor1d(
    pairs.map(([, label]) => label),
    'int32',
  );
  const metrics = positionMetrics(tf.cast(logits, 'float32') as tf.Tensor2D, labels, 4);
  const value = (name: string) => metrics[name]?.dataSync()[0];
  expect(value('accuracy')).toBeCloseTo(1 / 5, 6);
  expect(value('withinOne')).toBeCloseTo(3 / 5, 6);
  expect(value('distance')).toBeCloseTo((0 + 1 + Math.SQRT2 + Math.sqrt(10) + Math.sqrt(13)) / 5, 5);
});
