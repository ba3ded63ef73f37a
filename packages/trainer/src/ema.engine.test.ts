import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { variable } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { ema } from './ema.js';

const timm: {
  readonly weights: readonly (readonly number[])[];
  readonly cases: Readonly<
    Record<string, { readonly decays: readonly number[]; readonly values: readonly (readonly number[])[] }>
  >;
} = JSON.parse(readFileSync(new URL('../fixtures/ema.json', import.meta.url), 'utf8'));

describe('ema', () => {
  const settings: Readonly<Record<string, Omit<Parameters<typeof ema>[0], 'variables'>>> = {
    'as it is': { warmup: false },
    'without warm-up': { decay: 0.9, warmup: false },
    'warm-up': { decay: 0.9 },
    'warm-up of another shape': { decay: 0.99, warmup: { gamma: 2, power: 0.75 }, minimumDecay: 0.4 },
    later: { decay: 0.9, updateAfter: 5 },
  };

  it.each(Object.entries(timm.cases))('equals ModelEmaV3: %s', (name, { decays, values }) => {
    const weight = variable(tf.zeros([4]));
    const average = ema({ variables: { weight }, ...settings[name] });
    for (const [step, given] of timm.weights.entries()) {
      expect(average.decayAt(step)).toBeCloseTo(decays[step] ?? Number.NaN, 12);
      tf.tidy(() => {
        weight.assign(tf.tensor1d([...given]));
        const scalars = Object.entries(average.scalars(step)).map(([name, value]) => [
          name,
          tf.scalar(value),
        ]);
        average.update(Object.fromEntries(scalars));
      });
      expectClose(average.state.weight as tf.Variable, { shape: [4], values: values[step] ?? [] }, 1e-6);
    }
    tf.dispose([weight, ...Object.values(average.state)]);
  });

  it('exchanges values and averages, to the bit and back, and leaves nothing behind', () => {
    const weight = variable(tf.tensor1d([0.1, 0.2]));
    const average = ema({ variables: { weight } });
    tf.tidy(() => weight.assign(tf.tensor1d([0.3, 0.7])));
    const read = () => [weight, average.state.weight].map((one) => Array.from(one?.dataSync() ?? []));
    const [value, mean] = read();
    const before = tf.memory().numTensors;
    average.exchange();
    expect(read()).toEqual([mean, value]);
    average.exchange();
    expect(read()).toEqual([value, mean]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([weight, ...Object.values(average.state)]);
  });

  it('averages nothing that is frozen', () => {
    const variables = { a: variable(tf.zeros([1])), b: variable(tf.zeros([1])) };
    expect(Object.keys(ema({ variables, frozen: ['a'] }).state)).toEqual(['b']);
  });

  it('refuses a decay that is no share', () => {
    expect(() => ema({ variables: {}, decay: 1 })).toThrow(/decay of the EMA is 1/);
  });
});
