import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFixture } from '../../../testing/fixture.js';
import { sineCosineTable } from './sine-cosine-table.js';

const reference = readFixture('sin-cos-position-embedding');

describe('sineCosineTable', () => {
  it.each([
    ['d8-2x2', 2, 8],
    ['d24-5x5', 5, 24],
  ] as const)("equals MAE's table %s in float64", (name, side, channels) => {
    const { shape, values } = reference(name);
    const table = sineCosineTable({ rows: side, columns: side }, channels);
    expect(shape).toEqual([side * side, channels]);
    expect(table.length).toBe(values.length);
    const worst = Math.max(...table.map((value, index) => Math.abs(value - (values[index] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-14);
  });

  it('encodes the column in the first half of the channels', () => {
    const right = sineCosineTable({ rows: 2, columns: 2 }, 8).slice(8, 16); // the position at row 0, column 1
    const rounded = Array.from(right, (value) => Number(value.toFixed(4)));
    expect(rounded).toEqual([0.8415, 0.01, 0.5403, 1, 0, 0, 1, 1]);
  });

  it('gives a place of a rectangular grid the row that it has on any larger grid', () => {
    const side = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(4, 8, 12), (rows, columns, channels) => {
        const whole = sineCosineTable({ rows: 6, columns: 6 }, channels);
        const table = sineCosineTable({ rows, columns }, channels);
        for (let row = 0; row < rows; row += 1)
          for (let column = 0; column < columns; column += 1) {
            const at = (row * columns + column) * channels;
            const there = (row * 6 + column) * channels;
            expect(table.slice(at, at + channels)).toEqual(whole.slice(there, there + channels));
          }
      }),
    );
  });

  it('refuses channels that it cannot share between sine and cosine of row and column', () => {
    expect(() => sineCosineTable({ rows: 2, columns: 2 }, 10)).toThrow('that 4 divides');
    expect(() => sineCosineTable({ rows: 2, columns: 2 }, 0)).toThrow('not 0');
  });
});
