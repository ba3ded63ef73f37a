import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { passages, quartets } from './passages.js';

const random = createRandom({ seed: 0, step: 0 });

it('puts the four in the order (even, even), (odd, even), (even, odd), (odd, odd) [row, column], with zeros beyond an odd edge', () => {
  tf.tidy(() => {
    // Row 0: 1 2 3, row 1: 4 5 6, row 2: 7 8 9; a second channel tells how channels lie.
    const tokens = tf.stack([tf.range(1, 10), tf.range(11, 20)], -1);
    expect(quartets(tf.reshape(tokens, [1, 3, 3, 2])).arraySync()).toEqual([
      [
        [
          [1, 11, 4, 14, 2, 12, 5, 15],
          [3, 13, 6, 16, 0, 0, 0, 0],
        ],
        [
          [7, 17, 0, 0, 8, 18, 0, 0],
          [9, 19, 0, 0, 0, 0, 0, 0],
        ],
      ],
    ]);
  });
});

it.each([
  ['nothing', [2, 3, 5, 4], {}],
  ['merging', [2, 2, 3, 8], { 'norm.weight': [16], 'norm.bias': [16], 'reduction.weight': [16, 8] }],
  ['widening', [2, 3, 5, 8], { 'norm.weight': [4], 'norm.bias': [4], 'projection.weight': [4, 8] }],
] as const)('%s gives %j', (name, shape, variables) => {
  tf.tidy(() => {
    const passage = passages[name]({ channels: 4, random });
    expect(passage.apply(tf.ones([2, 3, 5, 4])).shape).toEqual(shape);
    const shapes = Object.entries(passage.variables).map(([path, value]) => [path, value.shape]);
    expect(Object.fromEntries(shapes)).toEqual(variables);
    tf.dispose(Object.values(passage.variables));
  });
});
