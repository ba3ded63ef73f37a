import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resample } from './resample.js';
import type { View } from './view.js';

interface Reference {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
  readonly cases: readonly {
    readonly crop: readonly [number, number, number, number];
    readonly size: readonly [number, number];
    readonly window: readonly [number, number, number, number];
    readonly interpolation: View['interpolation'];
    readonly pixels: readonly number[];
  }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/pillow-resize.json', import.meta.url), 'utf8'),
);
const picture = { ...reference, pixels: Uint8Array.from(reference.pixels) };
const box = ([left, top, width, height]: readonly [number, number, number, number]) => ({
  left,
  top,
  width,
  height,
});

describe('resample', () => {
  it.each(reference.cases)(
    'gives what Pillow gives: $interpolation, crop $crop to $size, window $window',
    ({ crop, size, window, interpolation, pixels }) => {
      const [width, height] = size;
      const view = { crop: box(crop), size: { width, height }, window: box(window), interpolation };
      const result = resample(picture, view);
      expect([result.width, result.height]).toEqual([window[2], window[3]]);
      expect(result.pixels).toHaveLength(pixels.length);
      const worst = Math.max(
        ...pixels.map((byte, index) => Math.abs(byte - (result.pixels[index] ?? Number.NaN))),
      );
      expect(worst).toBeLessThanOrEqual(1); // Pillow's weights are fixed-point numbers
    },
  );
});
