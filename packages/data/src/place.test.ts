import { describe, expect, it } from 'vitest';
import { normalisationTable } from './normalisation.js';
import { place } from './place.js';

const plain = normalisationTable({ mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] });
const still = { flip: false, shift: { right: 0, down: 0 } };

// Red of each pixel of a 3 x 2 picture: 1 2 3 / 4 5 6.
const picture = {
  width: 3,
  height: 2,
  pixels: Uint8Array.from({ length: 18 }, (_, index) =>
    index % 3 === 0 ? index / 3 + 1 : 100 + (index % 3),
  ),
};
const reds = (placement: Parameters<typeof place>[4]) => {
  const images = new Float32Array(18);
  place(images, 0, picture, plain, placement);
  return Array.from(
    images.filter((_, index) => index % 3 === 0),
    Math.round,
  );
};

describe('place', () => {
  it('normalises each colour by its own mean and deviation', () => {
    const table = normalisationTable({ mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 2] });
    const images = new Float32Array(6);
    place(images, 3, { width: 1, height: 1, pixels: Uint8Array.of(255, 51, 255) }, table, still);
    expect(Array.from(images, (value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 0, 0, 1, -0.2, 0.5]);
  });

  it('flips left to right', () => {
    expect(reds(still)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(reds({ ...still, flip: true })).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('shifts, black coming in', () => {
    expect(reds({ flip: false, shift: { right: 1, down: 0 } })).toEqual([2, 3, 0, 5, 6, 0]);
    expect(reds({ flip: false, shift: { right: -1, down: 1 } })).toEqual([0, 4, 5, 0, 0, 0]);
    // The shift comes first, then the flip.
    expect(reds({ flip: true, shift: { right: 1, down: 0 } })).toEqual([0, 3, 2, 0, 6, 5]);
    expect(reds({ flip: false, shift: { right: 5, down: -5 } })).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
