import { describe, expect, it } from 'vitest';
import { augment, padAndShift } from './augmentation.js';

const imageSize = { width: 28, height: 28 };
const draws = (augmentation: Parameters<typeof augment>[0], count = 400) =>
  Array.from({ length: count }, (_, index) => augment(augmentation, imageSize, { seed: 1, epoch: 2, index }));

describe('augment', () => {
  it('depends on seed, epoch and index alone, and on each of them', () => {
    const at = (seed: number, epoch: number, index: number) => {
      const { choose, flip, shift } = augment({ padding: 9 }, imageSize, { seed, epoch, index });
      return JSON.stringify([choose({ width: 90, height: 70 }), flip, shift]);
    };
    expect(at(1, 2, 3)).toBe(at(1, 2, 3));
    expect(new Set([at(1, 2, 3), at(0, 2, 3), at(1, 0, 3), at(1, 2, 0)]).size).toBe(4);
  });

  it('flips as often as asked', () => {
    const flips = (hflip: number) => draws({ hflip }).filter(({ flip }) => flip).length;
    expect(flips(0)).toBe(0);
    expect(flips(1)).toBe(400);
    expect(Math.abs(draws({}).filter(({ flip }) => flip).length - 200)).toBeLessThan(50); // 5 deviations
  });

  it('shifts by every number of pixels up to the padding', () => {
    const across = new Set(draws(padAndShift).map(({ shift }) => shift.right));
    const down = new Set(draws(padAndShift).map(({ shift }) => shift.down));
    expect([...across].sort((one, other) => one - other)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    expect(down.size).toBe(9);
    expect(new Set(draws({}).map(({ shift }) => `${shift.right} ${shift.down}`))).toEqual(new Set(['0 0']));
  });

  it('leaves a picture of the right size as it is with padAndShift', () => {
    const everything = { left: 0, top: 0, ...imageSize };
    for (const { choose } of draws(padAndShift, 20))
      expect(choose(imageSize)).toEqual({
        crop: everything,
        size: imageSize,
        window: everything,
        interpolation: 'bicubic',
      });
  });
});
