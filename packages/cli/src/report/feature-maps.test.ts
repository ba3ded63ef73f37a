import { expect, it } from 'vitest';
import { coloursOf } from './feature-maps.js';

it('colours rows by their places along the principal components, and greys what does not differ', () => {
  const along = [0, 1, 2, 3].map((step) => [2 * step, step, 0, 7]);
  const colours = coloursOf(along);
  const red = colours.map(([value = 0]) => value);
  expect([...red].sort((one, other) => one - other)).toEqual([0, 85, 170, 255]);
  expect(
    coloursOf([
      [1, 1],
      [1, 1],
    ]),
  ).toEqual([
    [128, 128, 128],
    [128, 128, 128],
  ]);
});
