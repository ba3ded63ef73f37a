import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftMask } from './shift-mask.js';

/** Sides of a window, how many of them there are along each side of the grid, and a shift. */
const plans = fc
  .record({
    window: fc.record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 1, max: 4 }) }),
    down: fc.integer({ min: 1, max: 3 }),
    across: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ window, down, across }) =>
    fc.record({
      window: fc.constant(window),
      grid: fc.constant({ rows: down * window.rows, columns: across * window.columns }),
      shift: fc.record({
        rows: fc.integer({ min: 0, max: window.rows - 1 }),
        columns: fc.integer({ min: 0, max: window.columns - 1 }),
      }),
    }),
  );

describe('shiftMask', () => {
  it('keeps apart exactly those that lay otherwise to each other before the shift', () => {
    fc.assert(
      fc.property(plans, ({ grid, window, shift }) => {
        const mask = shiftMask({ grid, window, shift });
        const length = window.rows * window.columns;
        const across = grid.columns / window.columns;
        const placeOf = (index: number, token: number) => {
          const row = Math.floor(index / across) * window.rows + Math.floor(token / window.columns);
          const column = (index % across) * window.columns + (token % window.columns);
          const before = [(row + shift.rows) % grid.rows, (column + shift.columns) % grid.columns];
          return { now: [row, column], before };
        };
        mask.forEach((value, at) => {
          const [index, query, key] = [
            Math.floor(at / length ** 2),
            Math.floor(at / length) % length,
            at % length,
          ];
          const [one, other] = [placeOf(index, query), placeOf(index, key)];
          const offset = (when: 'now' | 'before') =>
            one[when].map((place, axis) => place - (other[when][axis] ?? 0)).join();
          expect(value).toBe(offset('now') === offset('before') ? 0 : -100);
        });
      }),
    );
  });

  it('holds a matrix for each window', () => {
    const sides = { grid: { rows: 4, columns: 6 }, window: { rows: 2, columns: 3 } };
    const mask = shiftMask({ ...sides, shift: { rows: 1, columns: 1 } });
    expect(mask).toHaveLength(4 * 6 * 6);
    expect(mask.subarray(0, 36).every((value) => value === 0)).toBe(true);
    // The second window, on the upper right: its last column came in from the left.
    const rightmost = [0, 1, 2, 3, 4, 5].map((key) => mask[36 + 2 * 6 + key]);
    expect(rightmost).toEqual([-100, -100, 0, -100, -100, 0]);
  });
});
