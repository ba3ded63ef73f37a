import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { selectPatches } from './select-patches.js';

it('picks the patches of each image at its own positions, in their order', async () => {
  const picked = tf.tidy(() => {
    const patches = tf.reshape(tf.range(0, 3 * 4 * 2), [3, 4, 2]); // patch p of image i holds 8 i + 2 p and one more
    const positions = tf.tensor2d([3, 0, 1, 2, 0, 3], [3, 2], 'int32');
    return selectPatches(patches as tf.Tensor3D, positions);
  });
  expect(picked.shape).toEqual([3, 2, 2]);
  expect(Array.from(await picked.data())).toEqual([6, 7, 0, 1, 10, 11, 12, 13, 16, 17, 22, 23]);
  picked.dispose();
});

it('leaves no tensors behind', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => selectPatches(tf.ones([2, 4, 3]), tf.tensor2d([1, 3], [2, 1], 'int32')).shape);
  expect(tf.memory().numTensors).toBe(before);
});
