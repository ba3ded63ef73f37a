import { stream } from '@whereabouts/layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomResizedCrop } from './random-resized-crop.js';

const side = fc.integer({ min: 1, max: 700 });
const ascending = (low: number, high: number) =>
  fc
    .tuple(fc.double({ min: low, max: high, noNaN: true }), fc.double({ min: low, max: high, noNaN: true }))
    .map(([one, other]): [number, number] => [Math.min(one, other), Math.max(one, other)]);

describe('randomResizedCrop', () => {
  it('stays inside the picture and holds whole pixels', () => {
    fc.assert(
      fc.property(
        side,
        side,
        ascending(0.01, 1),
        ascending(0.2, 5),
        fc.nat(),
        (width, height, scale, ratio, seed) => {
          const box = randomResizedCrop({ width, height }, scale, ratio, stream(seed));
          expect(Object.values(box).every(Number.isInteger)).toBe(true);
          expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
          expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1);
          expect(box.left + box.width).toBeLessThanOrEqual(width);
          expect(box.top + box.height).toBeLessThanOrEqual(height);
        },
      ),
    );
  });

  it('has area and ratio in range, up to the rounding of its sides', () => {
    const roomy = fc.integer({ min: 200, max: 300 });
    fc.assert(
      fc.property(roomy, roomy, fc.nat(), (width, height, seed) => {
        // Small enough to fit at once, so that the centred box is never needed.
        const box = randomResizedCrop({ width, height }, [0.08, 0.5], [3 / 4, 4 / 3], stream(seed));
        const least = (box.width - 0.5) * (box.height - 0.5);
        const most = (box.width + 0.5) * (box.height + 0.5);
        expect(most / (width * height)).toBeGreaterThanOrEqual(0.08);
        expect(least / (width * height)).toBeLessThanOrEqual(0.5);
        expect((box.width + 0.5) / (box.height - 0.5)).toBeGreaterThanOrEqual(3 / 4);
        expect((box.width - 0.5) / (box.height + 0.5)).toBeLessThanOrEqual(4 / 3);
      }),
    );
  });

  it('falls back to the largest centred box where no try fits', () => {
    const random = stream(0);
    expect(randomResizedCrop({ width: 300, height: 60 }, [1, 1], [1, 2], random)).toEqual({
      left: 90,
      top: 0,
      width: 120,
      height: 60,
    });
    expect(randomResizedCrop({ width: 60, height: 301 }, [1, 1], [0.5, 2], random)).toEqual({
      left: 0,
      top: 90,
      width: 60,
      height: 120,
    });
    expect(randomResizedCrop({ width: 1, height: 100 }, [0.08, 1], [3 / 4, 4 / 3], random).width).toBe(1);
  });

  it('takes the whole of a square picture at scale 1 and ratio 1', () => {
    expect(randomResizedCrop({ width: 28, height: 28 }, [1, 1], [1, 1], stream(3))).toEqual({
      left: 0,
      top: 0,
      width: 28,
      height: 28,
    });
  });
});
