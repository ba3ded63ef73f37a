import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { directionLabels } from './direction-labels.js';
import { smoothLabels } from './smooth-labels.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const grids = fc.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) });

describe('directionLabels', () => {
  it('of a pair and the pair turned round add up to 8, and no token has a direction from itself', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const positions = tf
          .range(0, grid.rows * grid.columns, 1, 'int32')
          .reverse()
          .expandDims<tf.Tensor2D>();
        const labels = directionLabels(positions, grid).arraySync()[0] ?? [];
        labels.forEach((row, query) => {
          expect(row[query]).toBe(4);
          for (const [key, label] of row.entries())
            expect(label + (labels[key]?.[query] ?? Number.NaN)).toBe(8);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('are those of a 5 x 5 grid seen from its centre', () => {
    // As the released code of RelViT draws them: LU LU CU RU RU for the rows above, LC LC CC RC RC, and so on.
    const positions = tf.range(0, 25, 1, 'int32').expandDims<tf.Tensor2D>();
    const labels = directionLabels(positions, { rows: 5, columns: 5 }).arraySync()[0] ?? [];
    const above = [0, 0, 1, 2, 2];
    const level = [3, 3, 4, 5, 5];
    const below = [6, 6, 7, 8, 8];
    expect(labels.map((row) => row[12])).toEqual([above, above, level, below, below].flat());
  });
});

describe('smoothLabels', () => {
  it('are distributions whose most likely cell is the label, at any sigma', () => {
    fc.assert(
      fc.property(grids, fc.double({ min: 0, max: 3, noNaN: true }), (grid, sigma) => {
        const positions = grid.rows * grid.columns;
        const shares = smoothLabels(tf.range(0, positions, 1, 'int32'), grid, sigma).arraySync();
        shares.forEach((row, label) => {
          expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
          expect(row[label]).toBe(Math.max(...row));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('have the centres that the formula has at sigma 1: interior, edge, corner', () => {
    const centre = (label: number) =>
      smoothLabels(tf.tensor1d([label], 'int32'), { rows: 14, columns: 14 }, 1).dataSync()[label];
    expect([7 * 14 + 7, 7, 0].map((label) => centre(label)?.toFixed(3))).toEqual(['0.318', '0.407', '0.520']);
  });
});
