import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { type Grid, positionCount } from '@whereabouts/layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeClassCount, relativeLabels } from './relative-labels.js';

const grids = fc.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) });
const kept = grids.chain((grid) => {
  const all = Array.from({ length: positionCount(grid) }, (_, position) => position);
  return fc.record({ grid: fc.constant(grid), positions: fc.shuffledSubarray(all, { minLength: 1 }) });
});

const labelsOf = (positions: readonly number[], grid: Grid): number[][] =>
  tf.tidy(() =>
    relativeLabels(tf.tensor2d([...positions], [1, positions.length], 'int32'), grid).arraySync(),
  )[0] ?? [];

describe('relativeLabels', () => {
  it('gives the labels that the paper draws around the centre of a 3 x 3 grid', () => {
    const labels = labelsOf([0, 1, 2, 3, 4, 5, 6, 7, 8], { rows: 3, columns: 3 });
    expect(labels[4]).toEqual([18, 17, 16, 13, 12, 11, 8, 7, 6]);
  });

  it('is the offset of rows and of columns, for any subset in any order', () => {
    fc.assert(
      fc.property(kept, ({ grid, positions }) => {
        const place = (position: number) =>
          [Math.floor(position / grid.columns), position % grid.columns] as const;
        const expected = positions.map((query) =>
          positions.map((key) => {
            const [[queryRow, queryColumn], [keyRow, keyColumn]] = [place(query), place(key)];
            const down = queryRow - keyRow + grid.rows - 1;
            return down * (2 * grid.columns - 1) + (queryColumn - keyColumn + grid.columns - 1);
          }),
        );
        expect(labelsOf(positions, grid)).toEqual(expected);
      }),
    );
  });

  it('mirrors around the class of no offset when query and key change places', () => {
    fc.assert(
      fc.property(kept, ({ grid, positions }) => {
        const labels = labelsOf(positions, grid);
        const last = relativeClassCount(grid) - 1;
        for (const [query, row] of labels.entries())
          for (const [key, label] of row.entries()) {
            expect(label + (labels[key]?.[query] ?? Number.NaN)).toBe(last);
            expect(label === last / 2).toBe(query === key);
          }
      }),
    );
  });
});
