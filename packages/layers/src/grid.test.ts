import { expect, it } from 'vitest';
import { positionCount } from './grid.js';

it('counts the positions of square and other grids', () => {
  expect(positionCount({ rows: 1, columns: 1 })).toBe(1);
  expect(positionCount({ rows: 3, columns: 5 })).toBe(15);
  expect(positionCount({ rows: 14, columns: 14 })).toBe(196);
});
