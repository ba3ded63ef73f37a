import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { tinyObjective } from '../testing/tiny-objective.js';
import { checkObjective } from './check-objective.js';
import { randomImages } from './random-images.js';

it('passes an objective that keeps every promise, and leaves nothing behind', async () => {
  const before = tf.memory().numTensors;
  const images = randomImages({ height: 8, width: 12 });
  await checkObjective(tinyObjective, (batchSize, random) => ({ images: images(batchSize, random) }));
  expect(tf.memory().numTensors).toBe(before);
});
