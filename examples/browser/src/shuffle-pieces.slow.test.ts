import { shuffledOrder, stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { shufflePieces } from './shuffle-pieces.js';

const pieces = { grid: { rows: 2, columns: 3 }, patchSize: 4 };
const pixels = Uint8Array.from({ length: 8 * 12 * 3 }, (_, index) => index % 251);

describe('shuffled pieces', () => {
  it('lie where the order says', () => {
    const shuffled = shufflePieces(pixels, [5, 1, 2, 3, 4, 0], pieces);
    const at = (row: number, column: number) => (row * 12 + column) * 3;
    expect(shuffled[at(0, 0)]).toBe(pixels[at(4, 8)]);
    expect(shuffled[at(3, 3) + 2]).toBe(pixels[at(7, 11) + 2]);
    expect(shuffled[at(4, 8)]).toBe(pixels[at(0, 0)]);
    expect(shuffled[at(1, 5)]).toBe(pixels[at(1, 5)]);
  });

  it('come back by the inverse order', () => {
    const order = [...shuffledOrder(6, stream(3, 'shuffle'))];
    const inverse = order.map((_, piece) => order.indexOf(piece));
    expect(shufflePieces(shufflePieces(pixels, order, pieces), inverse, pieces)).toEqual(pixels);
  });
});
