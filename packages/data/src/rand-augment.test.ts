import { stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { countIn, expectSameDistribution, namesOfTimm, ofTimm } from '../testing/timm-statistics.js';
import type { Sampling } from './operations/transform.js';
import type { PixelOperation } from './pixel-operation.js';
import { drawRandAugment } from './rand-augment.js';
import { randAugmentChoices } from './rand-augment-choices.js';
import { randAugmentPolicy } from './rand-augment-policy.js';
import type { RandAugmentSet } from './rand-augment-sets.js';

const samplings: readonly Sampling[] = [
  { interpolation: 'bicubic', fill: [0, 0, 0] },
  { interpolation: 'bilinear', fill: [0, 0, 0] },
];
const images = 60_000;

/** The amount of a tenth of the magnitude, of the operations that have it in a straight line. */
const straight = { rotate: 30, shearX: 0.3, shearY: 0.3, translateX: 0.45, translateY: 0.45 };

describe.each([
  'rand-m9-mstd0.5-inc1',
  'rand-m6-n3-p0.7-mstd2-mmax8-tweights',
  'rand-m8-n1-mstd101',
  'rand-m9-n2-p1-mstd0.5-t3aw',
])('drawRandAugment draws as timm does: %s', (config) => {
  const policy = randAugmentPolicy(config);
  const drawn: PixelOperation[] = [];
  for (let image = 0; image < images; image += 1)
    drawn.push(...drawRandAugment(policy, samplings, stream(1, config, image)));
  const ours = (name: string) =>
    drawn.filter((operation) => operation.name === randAugmentChoices[name as keyof RandAugmentSet]?.name);

  it('each operation as often, and none as often', () => {
    const { names = [], counts } = ofTimm(`${config} operations`);
    const done = names.slice(0, -1).map((name) => ours(name).length);
    expectSameDistribution([...done, policy.count * images - drawn.length], counts);
  });

  it('bicubic as often as bilinear', () => {
    const bicubic = drawn.filter(({ sampling }) => sampling.interpolation === 'bicubic').length;
    expectSameDistribution([bicubic, drawn.length - bicubic], ofTimm(`${config} bicubic`).counts);
  });

  it('the same magnitudes', () => {
    const counts = ofTimm(`${config} magnitude`);
    const magnitudes = Object.entries(straight).flatMap(([wanted, most]) =>
      drawn.flatMap(({ name, amount }) => (name === wanted ? [(10 * Math.abs(amount)) / most] : [])),
    );
    expectSameDistribution(countIn(counts, magnitudes), counts.counts);
  });

  const amounts = namesOfTimm
    .filter((name) => name.startsWith(`${config} `))
    .map((name) => name.slice(config.length + 1))
    .filter((name) => name in randAugmentChoices);
  it.each(amounts)('%s by the same amounts', (name) => {
    const counts = ofTimm(`${config} ${name}`);
    expectSameDistribution(
      countIn(
        counts,
        ours(name).map(({ amount }) => amount),
      ),
      counts.counts,
    );
  });
});

describe('drawRandAugment', () => {
  it('draws the same operation twice only where that is allowed', () => {
    const twice = (config: string) => {
      const policy = randAugmentPolicy(config);
      return Array.from({ length: 2000 }, (_, image) =>
        drawRandAugment(policy, samplings, stream(0, image)),
      ).filter((operations) => new Set(operations.map(({ name }) => name)).size < operations.length).length;
    };
    expect(twice('rand-n2-p1')).toBeGreaterThan(50); // one in 15
    expect(twice('rand-n2-p1-tweights')).toBe(0);
  });

  it('always and never does what it drew', () => {
    const count = (config: string) => drawRandAugment(randAugmentPolicy(config), samplings, stream(0)).length;
    expect(count('rand-n7-p1')).toBe(7);
    expect(count('rand-n7-p0')).toBe(0);
  });
});
