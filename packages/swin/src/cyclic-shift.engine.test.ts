import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { cyclicShift, opposite } from './cyclic-shift.js';

const shifts = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 5 }) })
  .chain((grid) =>
    fc.record({
      grid: fc.constant(grid),
      by: fc.record({
        rows: fc.integer({ min: 0, max: grid.rows - 1 }),
        columns: fc.integer({ min: 0, max: grid.columns - 1 }),
      }),
    }),
  );

it('moves every token up and to the left, around the edge', () => {
  fc.assert(
    fc.property(shifts, ({ grid, by }) => {
      const { rows, columns } = grid;
      const raster = Array.from({ length: rows * columns }, (_, position) => position);
      tf.tidy(() => {
        const tokens = tf.tensor4d(raster, [1, rows, columns, 1]);
        const expected = raster.map((position) => {
          const row = (Math.floor(position / columns) + by.rows) % rows;
          return row * columns + (((position % columns) + by.columns) % columns);
        });
        const shifted = cyclicShift(tokens, by);
        expect(Array.from(shifted.dataSync())).toEqual(expected);
        expect(Array.from(cyclicShift(shifted, opposite(by)).dataSync())).toEqual(raster);
      });
    }),
    { numRuns: 30 },
  );
});

it('has the gradient that differences give', () => {
  tf.tidy(() => {
    const random = createRandom({ seed: 1, step: 0 });
    const weights = random.normal('weights', [2, 3, 4, 2]);
    const tokens = random.normal('tokens', [2, 3, 4, 2]);
    expectGradientOfDifferences(
      (x) =>
        tf.sum(tf.mul(tf.square(cyclicShift(x as tf.Tensor4D, { rows: 1, columns: 3 })), weights)).asScalar(),
      tokens,
    );
  });
});
