import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchify } from './patchify.js';
import { unpatchify } from './unpatchify.js';

const side = fc.integer({ min: 1, max: 4 });

describe('patchify', () => {
  it('is undone by unpatchify for every batch, grid, patch size and number of channels', () => {
    fc.assert(
      fc.property(side, side, side, side, side, (batch, rows, columns, patchSize, inputChannels) => {
        tf.tidy(() => {
          const shape: [number, number, number, number] = [
            batch,
            rows * patchSize,
            columns * patchSize,
            inputChannels,
          ];
          const images = tf.reshape(
            tf.range(
              0,
              shape.reduce((size, axis) => size * axis, 1),
            ),
            shape,
          );
          const patches = patchify(images as tf.Tensor4D, patchSize);
          expect(patches.shape).toEqual([batch, rows * columns, patchSize * patchSize * inputChannels]);
          const back = unpatchify(patches, { grid: { rows, columns }, patchSize });
          expect(back.shape).toEqual(shape);
          expect(back.dataSync()).toEqual(images.dataSync());
        });
      }),
    );
  });

  it('refuses a size that the patch does not divide', () => {
    tf.tidy(() => {
      expect(() => patchify(tf.zeros([1, 8, 10, 3]), 4)).toThrow('the width 10 is not a multiple of 4');
    });
  });
});

describe('unpatchify', () => {
  it('refuses patches that do not fill the grid or hold no whole pixels', () => {
    tf.tidy(() => {
      const grid = { rows: 2, columns: 3 };
      expect(() => unpatchify(tf.zeros([1, 5, 12]), { grid, patchSize: 2 })).toThrow(
        "Patches of shape [1,5,12] don't make an image: a grid of 2 x 3 patches of 2 px needs [batch, 6, a multiple of 4].",
      );
      expect(() => unpatchify(tf.zeros([1, 6, 13]), { grid, patchSize: 2 })).toThrow('a multiple of 4');
    });
  });
});
