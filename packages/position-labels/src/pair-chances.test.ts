import { describe, expect, it } from 'vitest';
import { offsetsOfSubsets } from '../testing/offsets-of-subsets.js';
import { directionChance } from './direction-chance.js';
import { offsetChance } from './offset-chance.js';

const subsets = [
  { rows: 3, columns: 3, length: 9 },
  { rows: 2, columns: 4, length: 8 },
  { rows: 2, columns: 4, length: 3 },
  { rows: 3, columns: 3, length: 2 },
  { rows: 3, columns: 3, length: 1 },
  { rows: 1, columns: 1, length: 1 },
];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('directionChance', () => {
  it.each(subsets)(
    'is the best constant answer on $rows x $columns with $length tokens',
    ({ length, ...grid }) => {
      const classes = offsetsOfSubsets(grid, length).map(
        ([down, right]) => `${Math.sign(down)} ${Math.sign(right)}`,
      );
      const shares = [...new Set(classes)].map(
        (kind) => classes.filter((each) => each === kind).length / classes.length,
      );
      const { loss, accuracy } = directionChance(grid, length);
      expect(loss).toBeCloseTo(-shares.reduce((sum, share) => sum + share * Math.log(share), 0), 12);
      expect(accuracy).toBeCloseTo(Math.max(...shares), 12);
    },
  );
});

describe('offsetChance', () => {
  it('is 2.286 cells on 7 x 7 for the mean offset, and less for the median', () => {
    // DRLoc's own figure is E|Δ| = 2.286, the error of answering 0; the median offset is 2.
    const offsets = Array.from({ length: 49 }, (_, pair) => Math.abs(Math.floor(pair / 7) - (pair % 7)));
    expect(mean(offsets)).toBeCloseTo(2.286, 3);
    const { error } = offsetChance({ rows: 7, columns: 7 });
    expect(error).toBeCloseTo(mean(offsets.map((offset) => Math.abs(offset - 2))), 12);
  });

  it.each(subsets)(
    'is the best constant answer on $rows x $columns with $length tokens',
    ({ length, ...grid }) => {
      const pairs = offsetsOfSubsets(grid, length);
      const best = ([0, 1] as const).map((axis) =>
        Math.min(
          ...[0, 1, 2, 3, 4].map((answer) =>
            mean(pairs.map((pair) => Math.abs(Math.abs(pair[axis]) - answer))),
          ),
        ),
      ) as [number, number];
      const { loss, error } = offsetChance(grid, { length });
      expect(error).toBeCloseTo(mean(best), 12);
      expect(loss).toBe(error);
      const inSides = offsetChance(grid, { length, unit: 'side' });
      expect(inSides.error).toBe(error);
      expect(inSides.loss).toBeCloseTo(mean([best[0] / grid.rows, best[1] / grid.columns]), 12);
    },
  );
});
