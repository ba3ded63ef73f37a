import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignCells } from './assign-cells.js';

/** Every way to give `tokens` tokens cells of their own. */
function everyAssignment(tokens: number, cells: number): number[][] {
  if (tokens === 0) return [[]];
  return everyAssignment(tokens - 1, cells).flatMap((before) =>
    Array.from({ length: cells }, (_, cell) => cell)
      .filter((cell) => !before.includes(cell))
      .map((cell) => [...before, cell]),
  );
}

const total = (table: readonly (readonly number[])[], assignment: readonly number[]): number =>
  assignment.reduce((sum, cell, token) => sum + (table[token]?.[cell] ?? Number.NaN), 0);

const tables = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
  .chain(([tokens, spare]) =>
    fc.array(
      fc.array(fc.double({ min: -30, max: 5, noNaN: true }), {
        minLength: tokens + spare,
        maxLength: tokens + spare,
      }),
      { minLength: tokens, maxLength: tokens },
    ),
  );

describe('assignCells', () => {
  it('is the best of all one-to-one assignments', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const assignment = assignCells(table);
        const best = Math.max(
          ...everyAssignment(table.length, table[0]?.length ?? 0).map((other) => total(table, other)),
        );
        expect(new Set(assignment).size).toBe(table.length);
        expect(total(table, assignment)).toBeCloseTo(best, 9);
      }),
    );
  });

  it('takes logits as well as log-probabilities: a number per token changes nothing', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: -20, max: 20 }), (table, shift) => {
        const moved = table.map((row, token) => row.map((value) => value + shift * (token + 1)));
        expect(total(table, assignCells(moved))).toBeCloseTo(total(table, assignCells(table)), 9);
      }),
    );
  });

  it('finds a shuffled grid of 14 x 14 again, sure or in doubt', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(196).keys()], { minLength: 196 }), (places) => {
        const sure = places.map((place) =>
          Array.from({ length: 196 }, (_, cell) => (cell === place ? 0 : -9)),
        );
        expect(assignCells(sure)).toEqual(places);
        const doubtful = sure.map((row, token) => (token === 0 ? row.map(() => 0) : row));
        expect(assignCells(doubtful)).toEqual(places); // what is left over
      }),
      { numRuns: 10 },
    );
  });

  it('leaves its table alone, and knows what to do with nothing', () => {
    const table = Object.freeze([Object.freeze([-1, -2]), Object.freeze([-1, -3])]);
    expect(assignCells(table)).toEqual([1, 0]);
    expect(assignCells([])).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(() => assignCells([[0], [0]])).toThrow(
      'There are 2 tokens for 1 cells, so not each can have one.',
    );
    expect(() => assignCells([[0, 0], [0]])).toThrow('Token 1 has 1 cells, but the first token has 2.');
    expect(() => assignCells([[0, Number.NaN]])).toThrow('Token 0 has NaN for cell 1');
    expect(() => assignCells([[Number.NEGATIVE_INFINITY]])).toThrow('-Infinity for cell 0');
  });
});
