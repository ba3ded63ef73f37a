import { expect, it } from 'vitest';
import { deviation, halfInterval, mean } from './statistics.js';

it('equals a worked example', () => {
  // By hand: mean 3, squares 4 + 1 + 0 + 1 + 4 = 10, over 4 = 2.5; t for 4 degrees of freedom at 97.5 % is 2.776445.
  const values = [1, 2, 3, 4, 5];
  expect(mean(values)).toBe(3);
  expect(deviation(values)).toBeCloseTo(Math.sqrt(2.5), 12);
  expect(halfInterval(values)).toBeCloseTo((2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
});

it('knows no spread of a single number', () => {
  expect(deviation([7])).toBeNaN();
  expect(halfInterval([7])).toBeNaN();
});
