import { stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { countIn, expectSameDistribution, ofTimm } from '../testing/timm-statistics.js';
import { type ColourJitter, drawColourJitter } from './colour-jitter.js';

const sampling = { interpolation: 'bicubic', fill: [0, 0, 0] } as const;
const parts = ['brightness', 'contrast', 'saturation', 'hue'] as const;
const draw = (jitter: ColourJitter, image = 0) => drawColourJitter(jitter, sampling, stream(2, image));

describe('drawColourJitter', () => {
  const drawn = Array.from({ length: 20_000 }, (_, image) => draw([0.4, 0.3, 1.5, 0.1], image));

  it.each(parts)('draws %s as torchvision does', (part) => {
    const amounts = drawn.flatMap((operations) => operations.filter(({ name }) => name === part));
    const counts = ofTimm(`jitter ${part}`);
    expectSameDistribution(
      countIn(
        counts,
        amounts.map(({ amount }) => amount),
      ),
      counts.counts,
    );
  });

  it('draws every order as often', () => {
    const { names = [], counts } = ofTimm('jitter order');
    const orders = drawn.map((operations) =>
      operations.map(({ name }) => parts.indexOf(name as 'hue')).join(''),
    );
    expectSameDistribution(
      names.map((wanted) => orders.filter((order) => order === wanted).length),
      counts,
    );
  });

  it('leaves out what has no reach', () => {
    expect(draw([0, 0, 0])).toEqual([]);
    expect(draw([0.4, 0, 0]).map(({ name }) => name)).toEqual(['brightness']);
    expect(
      draw([0.4, 0.4, 0.4])
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['brightness', 'contrast', 'saturation']);
  });
});
