import { type Grid, positionCount } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { offsetsOfSubsets } from '../testing/offsets-of-subsets.js';
import { absoluteChance, relativeChance } from './chance.js';

const square = (side: number): Grid => ({ rows: side, columns: side });

// The best that any constant answer reaches, by trying every one.
function bestConstant(places: readonly [number, number][]) {
  const counts = new Map<string, number>();
  for (const place of places) counts.set(`${place}`, (counts.get(`${place}`) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / places.length);
  const distances = (guess: [number, number]) =>
    places.map(([row, column]) => [row - guess[0], column - guess[1]]);
  const unique = [...new Map(places.map((place) => [`${place}`, place])).values()];
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    loss: -shares.reduce((sum, share) => sum + share * Math.log(share), 0),
    accuracy: Math.max(...shares),
    withinOne: Math.max(
      ...unique.map((guess) =>
        mean(
          distances(guess).map(([down = 0, right = 0]) =>
            Number(Math.max(Math.abs(down), Math.abs(right)) <= 1),
          ),
        ),
      ),
    ),
    distance: Math.min(
      ...unique.map((guess) =>
        mean(distances(guess).map(([down = 0, right = 0]) => Math.hypot(down, right))),
      ),
    ),
  };
}

function expectEqual(
  actual: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(expected)) expect(actual[name], name).toBeCloseTo(value, 12);
}

describe('absoluteChance', () => {
  it('has the cross-entropy ln N', () => {
    expect([4, 7, 8, 14].map((side) => absoluteChance(square(side)).loss.toFixed(3))).toEqual([
      '2.773',
      '3.892',
      '4.159',
      '5.278',
    ]);
  });

  it.each([square(3), { rows: 2, columns: 5 }, { rows: 4, columns: 3 }, square(1)])(
    'is the best constant answer on $rows x $columns',
    (grid) => {
      const places = Array.from({ length: positionCount(grid) }, (_, position): [number, number] => [
        Math.floor(position / grid.columns),
        position % grid.columns,
      ]);
      expectEqual(absoluteChance(grid), bestConstant(places));
    },
  );
});

describe('relativeChance', () => {
  it('has the entropy and the largest share of the labels', () => {
    const levels = [4, 7, 8, 14].map((side) => relativeChance(square(side)));
    for (const [index, entropy] of [3.6815, 4.858, 5.133, 6.269].entries())
      expect(levels[index]?.loss).toBeCloseTo(entropy, 3);
    expect(levels.map(({ accuracy }) => accuracy)).toEqual([1 / 16, 1 / 49, 1 / 64, 1 / 196]);
  });

  it.each([
    { rows: 3, columns: 3, length: 9 },
    { rows: 2, columns: 4, length: 8 },
    { rows: 2, columns: 4, length: 3 },
    { rows: 3, columns: 3, length: 2 },
    { rows: 3, columns: 3, length: 1 },
    { rows: 1, columns: 1, length: 1 },
  ])('is the best constant answer on $rows x $columns with $length tokens', ({ length, ...grid }) => {
    expectEqual(relativeChance(grid, length), bestConstant(offsetsOfSubsets(grid, length)));
  });
});
