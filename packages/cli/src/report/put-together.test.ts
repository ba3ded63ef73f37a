import { expect, it } from 'vitest';
import { putTogether } from './put-together.js';

const grid = { rows: 2, columns: 2 };
const bytes = Uint8Array.from({ length: 4 * 4 * 3 }, (_, place) => place);
const picture = { height: 4, width: 4, bytes };

it('gives back the picture where every patch is put where it was', () => {
  const positions = [3, 0, 2, 1];
  expect(putTogether(picture, { grid, positions, places: positions })).toEqual(picture);
});

it('puts patches elsewhere and leaves grey what nobody claims', () => {
  const { bytes: put } = putTogether(picture, { grid, positions: [0], places: [3] });
  const pixel = (row: number, column: number) => [
    ...put.subarray((row * 4 + column) * 3, (row * 4 + column) * 3 + 3),
  ];
  expect(pixel(2, 2)).toEqual([0, 1, 2]);
  expect(pixel(3, 3)).toEqual([15, 16, 17]);
  expect(pixel(0, 0)).toEqual([128, 128, 128]);
});
