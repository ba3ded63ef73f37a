import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { oneHot } from './one-hot.js';

it('holds ones and zeros as float32 on every engine', () => {
  const hot = oneHot(tf.tensor1d([1, 0, 2], 'int32'), 3);
  expect(hot.dtype).toBe('float32');
  expect(Array.from(hot.dataSync())).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1]);
});
