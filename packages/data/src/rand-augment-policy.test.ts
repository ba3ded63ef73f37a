import { describe, expect, it } from 'vitest';
import { randAugmentPolicy } from './rand-augment-policy.js';

const facts = (config: string) => {
  const { choices, ...rest } = randAugmentPolicy(config);
  return { ...rest, choices: choices.length };
};
const defaults = {
  count: 2,
  probability: 0.5,
  magnitude: 10,
  deviation: 0,
  maximum: 10,
  repeats: true,
  keepsColourJitter: false,
  choices: 15,
};

describe('randAugmentPolicy', () => {
  it("has timm's defaults", () => {
    expect(facts('rand')).toEqual(defaults);
    expect(facts('rand-m9-mstd0.5-inc1')).toEqual({ ...defaults, magnitude: 9, deviation: 0.5 });
  });

  it('reads every part, in any order', () => {
    expect(facts('rand-p0.25-n4-mmax12-mstd1-m11-inc0')).toEqual({
      ...defaults,
      count: 4,
      probability: 0.25,
      magnitude: 11,
      deviation: 1,
      maximum: 12,
    });
    for (const uniform of ['rand-mstd101', 'rand-mstdinf'])
      expect(facts(uniform)).toEqual({ ...defaults, deviation: Number.POSITIVE_INFINITY });
    expect(facts('rand-tweights')).toEqual({ ...defaults, repeats: false });
    const three = { ...defaults, keepsColourJitter: true };
    expect(facts('rand-t3a')).toEqual({ ...three, choices: 3 });
    expect(facts('rand-t3aw')).toEqual({ ...three, repeats: false, choices: 14 });
  });

  it('changes more with more magnitude where that is asked for', () => {
    const bits = (config: string, share: number) =>
      randAugmentPolicy(config)
        .choices.find(({ choice }) => choice.name === 'posterise')
        ?.choice.amount(share, 1);
    expect([bits('rand-inc0', 0.3), bits('rand-inc0', 0.9)]).toEqual([1, 3]);
    expect([bits('rand-inc1', 0.3), bits('rand-inc1', 0.9)]).toEqual([3, 1]);
  });

  it.each([
    ['augmix-m5', 'it has to begin with "rand"'],
    ['', 'it has to begin with "rand"'],
    ['rand-m', 'it can\'t be told what "m" means'],
    ['rand-m9.5', 'it can\'t be told what "m9.5" means'],
    ['rand-m9-mst0.5', 'it can\'t be told what "mst0.5" means'],
    ['rand-m9--inc1', 'it can\'t be told what "" means'],
    ['rand-inc2', 'it can\'t be told what "inc2" means'],
    ['rand-t4a', 'it can\'t be told what "t4a" means'],
    ['rand-m9-n2-m8', '"m" comes twice'],
    ['rand-p1.5', 'a probability is at most 1, not 1.5'],
    ['rand-n16-tweights', "16 different operations can't be chosen out of 15"],
  ])('says what is wrong with "%s"', (config, why) => {
    expect(() => randAugmentPolicy(config)).toThrow(
      `"${config}" is no RandAugment such as rand-m9-mstd0.5-inc1: ${why}. After "rand" come any of m9 (magnitude`,
    );
  });
});
