import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { patchify } from './patchify.js';
import { unpatchify } from './unpatchify.js';

describe('patchify', () => {
  it('reads patches in raster order and pixels by row, column, channel', async () => {
    // The value of a number is its own address: image, row, column, channel.
    const images = tf.tidy(() => tf.reshape(tf.range(0, 2 * 4 * 6 * 3, 1, 'float32'), [2, 4, 6, 3]));
    const patches = patchify(images as tf.Tensor4D, 2);
    const address = (image: number, row: number, column: number, channel: number) =>
      ((image * 4 + row) * 6 + column) * 3 + channel;
    const expected: number[] = [];
    for (const image of [0, 1])
      for (const patchRow of [0, 1])
        for (const patchColumn of [0, 1, 2])
          for (const row of [0, 1])
            for (const column of [0, 1])
              for (const channel of [0, 1, 2])
                expected.push(address(image, 2 * patchRow + row, 2 * patchColumn + column, channel));
    expect(patches.shape).toEqual([2, 6, 12]);
    expect(Array.from(await patches.data())).toEqual(expected);
    tf.dispose([images, patches]);
  });

  it('is undone by unpatchify, and passes the gradient on', async () => {
    const images = tf.tidy(() => tf.reshape(tf.range(0, 2 * 6 * 4 * 1, 1, 'float32'), [2, 6, 4, 1]));
    const grid = { rows: 3, columns: 2 };
    const back = tf.tidy(() => unpatchify(patchify(images as tf.Tensor4D, 2), { grid, patchSize: 2 }));
    expect(Array.from(await back.data())).toEqual(Array.from(await images.data()));
    const gradient = tf.tidy(() =>
      tf.grad((x) => tf.sum(tf.square(patchify(x as tf.Tensor4D, 2))).asScalar())(images),
    );
    expect(Array.from(await gradient.data())).toEqual(
      Array.from(await images.data()).map((value) => 2 * value),
    );
    tf.dispose([images, back, gradient]);
  });
});
