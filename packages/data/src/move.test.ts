import { describe, expect, it } from 'vitest';
import { type Move, move } from './move.js';

const still: Move = { flip: false, verticalFlip: false, shift: { right: 0, down: 0 } };

// Red of each pixel of a 3 x 2 picture: 1 2 3 / 4 5 6; green 10 more, blue 20 more.
const picture = {
  width: 3,
  height: 2,
  pixels: Uint8Array.from({ length: 18 }, (_, index) => Math.floor(index / 3) + 1 + 10 * (index % 3)),
};
const reds = (changes: Partial<Move>) => {
  const { pixels } = move(picture, { ...still, ...changes });
  const red = pixels.filter((_, index) => index % 3 === 0);
  for (const [pixel, byte] of red.entries())
    if (byte > 0) expect([pixels[pixel * 3 + 1], pixels[pixel * 3 + 2]]).toEqual([byte + 10, byte + 20]);
  return Array.from(red);
};

describe('move', () => {
  it('hands over the picture itself where nothing moves', () => {
    expect(move(picture, still)).toBe(picture);
  });

  it('flips left to right and top to bottom', () => {
    expect(reds({ flip: true })).toEqual([3, 2, 1, 6, 5, 4]);
    expect(reds({ verticalFlip: true })).toEqual([4, 5, 6, 1, 2, 3]);
    expect(reds({ flip: true, verticalFlip: true })).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('shifts, black coming in', () => {
    expect(reds({ shift: { right: 1, down: 0 } })).toEqual([2, 3, 0, 5, 6, 0]);
    expect(reds({ shift: { right: -1, down: 1 } })).toEqual([0, 4, 5, 0, 0, 0]);
    expect(reds({ shift: { right: 5, down: -5 } })).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('shifts first, then flips', () => {
    expect(reds({ flip: true, shift: { right: 1, down: 0 } })).toEqual([0, 3, 2, 0, 6, 5]);
    expect(reds({ flip: true, shift: { right: -1, down: 0 } })).toEqual([2, 1, 0, 5, 4, 0]);
    expect(reds({ verticalFlip: true, shift: { right: 0, down: 1 } })).toEqual([0, 0, 0, 4, 5, 6]);
    expect(reds({ verticalFlip: true, shift: { right: 0, down: -1 } })).toEqual([1, 2, 3, 0, 0, 0]);
  });

  it('leaves the picture that it was given alone', () => {
    const before = Uint8Array.from(picture.pixels);
    reds({ flip: true, verticalFlip: true, shift: { right: 1, down: 1 } });
    expect(picture.pixels).toEqual(before);
  });
});
