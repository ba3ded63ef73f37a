import { describe, expect, it } from 'vitest';
import { type Finish, finishPicture, untouched } from './finish-picture.js';
import { normalisationTable } from './normalisation.js';
import type { PixelOperation } from './pixel-operation.js';

const table = normalisationTable({ mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 2] });
const bytes = normalisationTable({ mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] });
const sampling = { interpolation: 'bilinear', fill: [1, 2, 3] } as const;
const operation = (name: PixelOperation['name'], amount = 0): PixelOperation => ({ name, amount, sampling });

// Two pixels: (10, 20, 30) and (40, 50, 60).
const picture = () => ({ width: 2, height: 1, pixels: Uint8Array.of(10, 20, 30, 40, 50, 60) });
const finished = (finish: Partial<Finish>) =>
  Array.from(finishPicture(picture(), { ...untouched, ...finish }, bytes), Math.round);

describe('finishPicture', () => {
  it('normalises each colour by its own mean and deviation', () => {
    const image = finishPicture(
      { width: 1, height: 1, pixels: Uint8Array.of(255, 51, 255) },
      untouched,
      table,
    );
    expect(Array.from(image, (value) => Math.round(value * 1e6) / 1e6)).toEqual([1, -0.2, 0.5]);
  });

  it('moves first, then changes pixels in the order drawn', () => {
    expect(finished({})).toEqual([10, 20, 30, 40, 50, 60]);
    // Flipped, then half of the width to the left: what was on the left stays.
    expect(finished({ flip: true, operations: [operation('translateX', 0.5)] })).toEqual([
      10, 20, 30, 1, 2, 3,
    ]);
    const [invert, add] = [operation('invert'), operation('solariseAdd', 5)];
    expect(finished({ operations: [invert, add] })).toEqual([245, 235, 225, 215, 205, 195]);
    expect(finished({ operations: [add, invert] })).toEqual([240, 230, 220, 210, 200, 190]);
  });

  it('erases last, in the units of the normalised image', () => {
    const box = { left: 1, top: 0, width: 1, height: 1 };
    expect(finished({ flip: true, erasures: [{ box, colour: [0, -1, 7] }] })).toEqual([40, 50, 60, 0, -1, 7]);
  });

  it('writes where it is told to', () => {
    const batch = new Float32Array(10).fill(-5);
    const image = batch.subarray(3, 9);
    expect(finishPicture(picture(), untouched, bytes, image)).toBe(image);
    expect(Array.from(batch, Math.round)).toEqual([-5, -5, -5, 10, 20, 30, 40, 50, 60, -5]);
  });

  it('leaves the picture alone, and gives the same from plain data that was sent', () => {
    const given = picture();
    const names = ['invert', 'saturation', 'sharpness', 'rotate', 'equalise', 'hue'] as const;
    const finish: Finish = {
      ...untouched,
      flip: true,
      verticalFlip: true,
      operations: names.map((name) => operation(name, 0.3)),
      erasures: [{ box: { left: 0, top: 0, width: 1, height: 1 }, colour: [0, 0, 0], noise: [1, 'noise'] }],
    };
    const image = finishPicture(given, finish, table);
    expect(given).toEqual(picture());
    expect(finishPicture(structuredClone(given), structuredClone(finish), structuredClone(table))).toEqual(
      image,
    );
  });
});
