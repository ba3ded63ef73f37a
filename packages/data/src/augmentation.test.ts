import { describe, expect, it } from 'vitest';
import { type Augmentation, augmenter, padAndShift } from './augmentation.js';

const imageSize = { width: 28, height: 28 };
const normalisation = { mean: [0.5, 0.25, 0], deviation: [1, 1, 1] } as const;
const placing = (augmentation: Augmentation, seed = 1) =>
  augmenter(augmentation, { imageSize, normalisation, seed });
const draws = (augmentation: Augmentation, count = 400) => {
  const place = placing(augmentation);
  return Array.from({ length: count }, (_, index) => place({ epoch: 2, index, repeat: 0 }));
};

describe('augmenter', () => {
  it('depends on seed, epoch, index and repeat alone, and on each of them', () => {
    const everything: Augmentation = {
      padding: 9,
      vflip: 0.5,
      randAugment: 'rand-m9-n4-mstd0.5-inc1',
      randomErasing: { probability: 1, count: 3 },
      interpolation: 'random',
    };
    const at = (seed: number, epoch: number, index: number, repeat: number) => {
      const { choose, finish } = placing(everything, seed)({ epoch, index, repeat });
      return JSON.stringify([choose({ width: 90, height: 70 }), finish]);
    };
    expect(at(1, 2, 3, 4)).toBe(at(1, 2, 3, 4));
    const others = [at(1, 2, 3, 4), at(0, 2, 3, 4), at(1, 0, 3, 4), at(1, 2, 0, 4), at(1, 2, 3, 0)];
    expect(new Set(others).size).toBe(5);
  });

  it('draws each thing by a name of its own, so that one more moves no other', () => {
    const one = (augmentation: Augmentation) =>
      draws(augmentation, 40).map(({ choose, finish }) => ({
        ...choose({ width: 90, height: 70 }),
        ...finish,
      }));
    const plain = one({ padding: 2 });
    const more = one({
      padding: 2,
      vflip: 0.5,
      randAugment: 'rand-m9',
      randomErasing: {},
      interpolation: 'random',
    });
    const kept = ({ crop, shift, flip }: (typeof plain)[number]) => ({ crop, shift, flip });
    expect(more.map(kept)).toEqual(plain.map(kept));
    expect(more).not.toEqual(plain);
  });

  it('flips as often as asked', () => {
    const flips = (hflip: number) => draws({ hflip }).filter(({ finish }) => finish.flip).length;
    expect(flips(0)).toBe(0);
    expect(flips(1)).toBe(400);
    expect(Math.abs(draws({}).filter(({ finish }) => finish.flip).length - 200)).toBeLessThan(50); // 5 deviations
  });

  it('shifts by every number of pixels up to the padding', () => {
    const across = new Set(draws(padAndShift).map(({ finish }) => finish.shift.right));
    const down = new Set(draws(padAndShift).map(({ finish }) => finish.shift.down));
    expect([...across].sort((one, other) => one - other)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    expect(down.size).toBe(9);
    expect(new Set(draws({}).map(({ finish: { shift } }) => `${shift.right} ${shift.down}`))).toEqual(
      new Set(['0 0']),
    );
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

  it('leaves colour jitter out beside RandAugment, but not beside the sets of 3-Augment', () => {
    const names = (augmentation: Augmentation) =>
      new Set(draws(augmentation, 60).flatMap(({ finish }) => finish.operations.map(({ name }) => name)));
    expect(names({ colourJitter: 0.3 })).toEqual(new Set(['brightness', 'contrast', 'saturation']));
    expect(names({ colourJitter: [0, 0, 0, 0.1] })).toEqual(new Set(['hue']));
    const beside = { colourJitter: [0, 0, 0, 0.1], randAugment: 'rand-n1-p1' } as const;
    expect(names(beside)).not.toContain('hue');
    const three = names({ ...beside, randAugment: 'rand-n1-p1-t3a' });
    expect(three).toEqual(new Set(['desaturate', 'gaussianBlur', 'solarise', 'hue']));
  });

  it('fills with the mean colour, by the interpolation that is asked for', () => {
    const samplings = (augmentation: Augmentation) =>
      draws({ randAugment: 'rand-p1', ...augmentation }, 40).flatMap(({ finish }) =>
        finish.operations.map(({ sampling }) => sampling),
      );
    const fill = [128, 64, 0];
    for (const sampling of samplings({})) expect(sampling).toEqual({ interpolation: 'bicubic', fill });
    for (const sampling of samplings({ interpolation: 'bilinear' }))
      expect(sampling).toEqual({ interpolation: 'bilinear', fill });
    const kinds = new Set(samplings({ interpolation: 'random' }).map(({ interpolation }) => interpolation));
    expect(kinds).toEqual(new Set(['bicubic', 'bilinear']));
  });
});
