import { describe, expect, it } from 'vitest';
import { isResizedHere, render } from './render.js';
import { resample } from './resample.js';

const picture = {
  width: 200,
  height: 180,
  pixels: Uint8Array.from({ length: 200 * 180 * 3 }, (_, index) => {
    const column = Math.floor(index / 3) % 200;
    const row = Math.floor(index / 600);
    return Math.round(127 + 60 * Math.sin(column / 9 + (index % 3)) + 60 * Math.cos(row / 7));
  }),
};
const everything = { left: 0, top: 0, width: 200, height: 180 };

describe('render', () => {
  it('hands over the picture itself where nothing is to be done', async () => {
    const view = {
      crop: everything,
      size: everything,
      window: everything,
      interpolation: 'bicubic',
    } as const;
    expect(await render(picture, view)).toBe(picture);
  });

  it.each(['bicubic', 'bilinear'] as const)(
    'gives the same with sharp as on this thread: %s',
    async (interpolation) => {
      const view = {
        crop: { left: 10, top: 5, width: 180, height: 160 },
        size: { width: 90, height: 70 },
        window: { left: 3, top: 4, width: 64, height: 60 },
        interpolation,
      };
      expect(isResizedHere(view)).toBe(false);
      const bySharp = await render(picture, view);
      const here = resample(picture, view);
      expect([bySharp.width, bySharp.height]).toEqual([64, 60]);
      const sum = here.pixels.reduce(
        (total, byte, index) => total + Math.abs(byte - (bySharp.pixels[index] ?? 0)),
        0,
      );
      expect(sum / here.pixels.length).toBeLessThan(0.5);
    },
  );

  it('leaves small crops and enlargement to this thread', () => {
    const view = {
      crop: everything,
      size: everything,
      window: everything,
      interpolation: 'bicubic',
    } as const;
    expect(isResizedHere({ ...view, size: { width: 20, height: 181 } })).toBe(true);
    expect(isResizedHere({ ...view, size: { width: 20, height: 20 } })).toBe(false);
    expect(
      isResizedHere({ ...view, crop: { ...everything, width: 91 }, size: { width: 20, height: 20 } }),
    ).toBe(true);
  });
});
