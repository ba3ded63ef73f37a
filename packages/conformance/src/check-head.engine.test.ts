import * as tf from '@tensorflow/tfjs-core';
import { classification } from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { tinyHead } from '../testing/tiny-head.js';
import { checkHead } from './check-head.js';

it('passes heads that keep every promise, and leaves nothing behind', async () => {
  const before = tf.memory().numTensors;
  await checkHead(tinyHead);
  await checkHead((spec, seed) => classification({ spec, seed, classes: 3, smoothing: 0.1 }), {
    makeBatch: (batchSize, random) => ({
      classes: tf.cast(tf.mul(random.uniform('classes', [batchSize]), 3), 'int32') as tf.Tensor1D,
    }),
  });
  expect(tf.memory().numTensors).toBe(before);
});
