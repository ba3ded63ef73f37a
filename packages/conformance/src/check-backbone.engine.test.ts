import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { checkBackbone } from './check-backbone.js';
import { randomImages } from './random-images.js';

it('passes a backbone that keeps every promise, and leaves nothing behind', async () => {
  const before = tf.memory().numTensors;
  await checkBackbone(tinyBackbone, randomImages({ height: 8, width: 12 }));
  expect(tf.memory().numTensors).toBe(before);
});
