import { stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { countIn, expectSameDistribution, ofTimm } from '../testing/timm-statistics.js';
import { drawMix, type Mixing } from './mixing.js';

const size = { width: 80, height: 60 };
const draw = (mixing: Omit<Mixing, 'classes'>, count: number) =>
  Array.from({ length: count }, (_, batch) => drawMix({ classes: 10, ...mixing }, size, stream(4, batch)));

const cases: Readonly<Record<string, Omit<Mixing, 'classes'>>> = {
  'mixup 0.8': { mixup: 0.8 },
  'mixup 0.1': { mixup: 0.1 },
  'cutmix 1': { cutmix: 1 },
  both: { mixup: 0.8, cutmix: 1, probability: 0.9, switchProbability: 0.3 },
};
const drawn = (name: string) => draw(cases[name] ?? {}, 20_000);
const cut = (name: string) => drawn(name).flatMap((mix) => (mix?.kept === 0 ? [mix.box] : []));

describe('drawMix draws as timm does', () => {
  it('by CutMix, mixup and neither as often', () => {
    const [all, boxes] = [drawn('both'), cut('both').length];
    const unmixed = all.filter((mix) => mix === undefined).length;
    expectSameDistribution([unmixed, all.length - unmixed - boxes, boxes], ofTimm('both kinds').counts);
  });

  it.each(Object.keys(cases))('by the same lambdas: %s', (name) => {
    const counts = ofTimm(`${name} lambda`);
    const lambdas = drawn(name).map((mix) => mix?.lambda ?? 1);
    expectSameDistribution(countIn(counts, lambdas), counts.counts);
  });

  it.each(
    ['cutmix 1', 'both'].flatMap((name) =>
      (['left', 'top', 'width', 'height'] as const).map((side) => ({ name, side })),
    ),
  )('by boxes of the same $side: $name', ({ name, side }) => {
    const counts = ofTimm(`${name} ${side}`);
    const sides = cut(name).map((box) => box[side]);
    expectSameDistribution(countIn(counts, sides), counts.counts);
  });
});

describe('drawMix', () => {
  it('takes lambda from the part of the box that lies inside', () => {
    for (const mix of draw({ cutmix: 1 }, 500)) {
      if (mix === undefined) throw new Error('Each batch is mixed.');
      const { left, top, width, height } = mix.box;
      expect(left >= 0 && top >= 0 && left + width <= 80 && top + height <= 60).toBe(true);
      expect(mix.lambda).toBeCloseTo(1 - (width * height) / 4800, 12);
    }
  });

  it('mixes everywhere by mixup', () => {
    for (const mix of draw({ mixup: 0.3 }, 50)) {
      expect(mix?.box).toEqual({ left: 0, top: 0, ...size });
      expect(mix?.kept).toBe(mix?.lambda);
    }
  });
});
