import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCropPct, evaluationView } from './evaluation-view.js';

const square = (side: number) => ({ width: side, height: side });

describe('evaluationView', () => {
  it('is what torchvision does: the shorter side to 256, the longer one cut down, the centre rounded to even', () => {
    // Resize(256) of 640 x 480 gives 341 x 256; CenterCrop(224) starts at round(58.5) = 58 and round(16) = 16.
    expect(evaluationView({ width: 640, height: 480 }, square(224), 0.875, 'bicubic')).toEqual({
      crop: { left: 0, top: 0, width: 640, height: 480 },
      size: { width: 341, height: 256 },
      window: { left: 58, top: 16, width: 224, height: 224 },
      interpolation: 'bicubic',
    });
    // Resize(64) of 80 x 107 gives 64 x 85; round(10.5) = 10.
    const tall = evaluationView({ width: 80, height: 107 }, square(64), 1, 'bilinear');
    expect(tall.size).toEqual({ width: 64, height: 85 });
    expect(tall.window).toEqual({ left: 0, top: 10, width: 64, height: 64 });
    // round(11.5) = 12.
    expect(evaluationView({ width: 87, height: 64 }, square(64), 1, 'bicubic').window.left).toBe(12);
  });

  it('covers the window whatever the shapes', () => {
    const side = fc.integer({ min: 1, max: 2000 });
    const imageSide = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(
        side,
        side,
        imageSide,
        imageSide,
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (...drawn) => {
          const [width, height, imageWidth, imageHeight, cropPct] = drawn;
          const imageSize = { width: imageWidth, height: imageHeight };
          const { size, window } = evaluationView({ width, height }, imageSize, cropPct, 'bicubic');
          expect({ width: window.width, height: window.height }).toEqual(imageSize);
          expect(Math.min(window.left, window.top)).toBeGreaterThanOrEqual(0);
          expect(window.left + window.width).toBeLessThanOrEqual(size.width);
          expect(window.top + window.height).toBeLessThanOrEqual(size.height);
        },
      ),
    );
  });
});

describe('defaultCropPct', () => {
  it('leaves a margin where images are large', () => {
    expect([28, 96, 97, 224].map((side) => defaultCropPct(square(side)))).toEqual([1, 1, 0.875, 0.875]);
  });
});
