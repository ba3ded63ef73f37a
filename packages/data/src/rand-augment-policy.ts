import { type RandAugmentChoice, randAugmentChoices } from './rand-augment-choices.js';
import {
  increasingSet,
  plainSet,
  type RandAugmentSet,
  threeSet,
  weightedSet,
  weightedThreeSet,
} from './rand-augment-sets.js';

/** What RandAugment draws from. */
export interface RandAugmentPolicy {
  /** Operations per image. */
  readonly count: number;
  /** The probability that a chosen operation is done. */
  readonly probability: number;
  /** The mean of the magnitude. */
  readonly magnitude: number;
  /** The standard deviation of the magnitude; infinite: uniform from 0 to `magnitude`. */
  readonly deviation: number;
  /** Magnitudes above are cut to it. */
  readonly maximum: number;
  readonly choices: readonly { readonly choice: RandAugmentChoice; readonly weight: number }[];
  /** Whether the same operation may be chosen twice for an image. */
  readonly repeats: boolean;
  /** Whether colour jitter is done after it, where there is one. */
  readonly keepsColourJitter: boolean;
}

/** The sets of `t`. */
const sets: Readonly<
  Record<string, Pick<RandAugmentPolicy, 'repeats' | 'keepsColourJitter'> & { readonly set: RandAugmentSet }>
> = {
  weights: { set: weightedSet, repeats: false, keepsColourJitter: false },
  '3a': { set: threeSet, repeats: true, keepsColourJitter: true },
  '3aw': { set: weightedThreeSet, repeats: false, keepsColourJitter: true },
};

const whole = /^\d+$/;
const decimal = /^(\d+(\.\d+)?|\.\d+)$/;

/** The parts that a configuration may have: what is behind the key, and for messages an example and a meaning. */
const parts = {
  m: { value: whole, example: 'm9', meaning: 'magnitude, a whole number' },
  n: { value: whole, example: 'n2', meaning: 'operations per image' },
  p: { value: decimal, example: 'p0.5', meaning: 'probability of each' },
  mstd: {
    value: /^(\d+(\.\d+)?|\.\d+|inf)$/,
    example: 'mstd0.5',
    meaning: 'deviation of the magnitude; above 100: uniform',
  },
  mmax: { value: whole, example: 'mmax10', meaning: 'greatest magnitude' },
  inc: { value: /^[01]$/, example: 'inc1', meaning: '1: more magnitude changes more' },
  t: {
    value: /^(weights|3a|3aw)$/,
    example: 'tweights',
    meaning: 'mostly moves; or t3a, the 3-Augment of DeiT III, or t3aw',
  },
} as const;

type Key = keyof typeof parts;

function complain(config: string, why: string): Error {
  const list = Object.values(parts).map(({ example, meaning }) => `${example} (${meaning})`);
  return new Error(
    `"${config}" is no RandAugment such as rand-m9-mstd0.5-inc1: ${why}. ` +
      `After "rand" come any of ${list.join(', ')}, with "-" before each.`,
  );
}

/** The values by key, such as `{ m: '9', inc: '1' }`. */
function valuesIn(config: string): Partial<Record<Key, string>> {
  const [name, ...sections] = config.split('-');
  if (name !== 'rand') throw complain(config, 'it has to begin with "rand"');
  const values: Partial<Record<Key, string>> = {};
  for (const section of sections) {
    // The longest key first, so that mstd and mmax aren't taken for m.
    const key = (['mstd', 'mmax', 'inc', 'm', 'n', 'p', 't'] as const).find(
      (each) => section.startsWith(each) && parts[each].value.test(section.slice(each.length)),
    );
    if (key === undefined) throw complain(config, `it can't be told what "${section}" means`);
    if (values[key] !== undefined) throw complain(config, `"${key}" comes twice`);
    values[key] = section.slice(key.length);
  }
  return values;
}

/**
 * Reads a RandAugment configuration as timm writes it, such as `rand-m9-mstd0.5-inc1`.
 *
 * @throws when a part is unknown or given twice, or its value out of range
 * @source timm, `rand_augment_transform`, which passes over parts without a number
 */
export function randAugmentPolicy(config: string): RandAugmentPolicy {
  const values = valuesIn(config);
  const number = (key: Key, otherwise: number) =>
    values[key] === undefined
      ? otherwise
      : values[key] === 'inf'
        ? Number.POSITIVE_INFINITY
        : Number(values[key]);
  const probability = number('p', 0.5);
  if (probability > 1) throw complain(config, `a probability is at most 1, not ${probability}`);
  const { set, repeats, keepsColourJitter } = sets[values.t ?? ''] ?? {
    set: number('inc', 0) === 1 ? increasingSet : plainSet,
    repeats: true,
    keepsColourJitter: false,
  };
  const choices = Object.entries(set).map(([name, weight]) => ({
    choice: randAugmentChoices[name as keyof RandAugmentSet],
    weight,
  }));
  const count = number('n', 2);
  if (!repeats && count > choices.length)
    throw complain(config, `${count} different operations can't be chosen out of ${choices.length}`);
  const deviation = number('mstd', 0);
  return {
    count,
    probability,
    magnitude: number('m', 10),
    deviation: deviation > 100 ? Number.POSITIVE_INFINITY : deviation,
    maximum: number('mmax', 10) || 10,
    choices,
    repeats,
    keepsColourJitter,
  };
}
