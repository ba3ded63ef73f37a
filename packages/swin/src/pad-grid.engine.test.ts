import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { cropGrid, paddedGrid, padGrid } from './pad-grid.js';

it('appends zeros below and to the right until the unit divides the grid, and takes them away again', () => {
  tf.tidy(() => {
    const tokens = tf.reshape(tf.range(1, 7), [1, 3, 2, 1]) as tf.Tensor4D;
    const padded = padGrid(tokens, { rows: 2, columns: 3 });
    expect(padded.squeeze().arraySync()).toEqual([
      [1, 2, 0],
      [3, 4, 0],
      [5, 6, 0],
      [0, 0, 0],
    ]);
    expect(cropGrid(padded, { rows: 3, columns: 2 }).arraySync()).toEqual(tokens.arraySync());
  });
});

it('leaves a grid alone that the unit divides', () => {
  tf.tidy(() => {
    const tokens = tf.ones<tf.Rank.R4>([1, 4, 6, 1]);
    expect(padGrid(tokens, { rows: 2, columns: 3 })).toBe(tokens);
    expect(cropGrid(tokens, { rows: 4, columns: 6 })).toBe(tokens);
    expect(paddedGrid({ rows: 4, columns: 6 }, { rows: 4, columns: 4 })).toEqual({ rows: 4, columns: 8 });
  });
});
