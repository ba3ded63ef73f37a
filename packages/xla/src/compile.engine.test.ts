import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { examplesOf, offered } from '../../../testing/every-example.js';
import { runExample } from '../../../testing/run-example.js';
import { compile } from './compile.js';
import type { Regions } from './islands/region-plans.js';

const float = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;
const numbersOf = (tensor: tf.Tensor | undefined) => Array.from(tensor?.dataSync() ?? []);

describe.runIf(inject('engine') === 'tensorflow')('compile', () => {
  let weight: tf.Variable<tf.Rank.R1>;
  beforeEach(() => {
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    weight = tf.variable(tf.tensor1d([1, 2]));
    return () => {
      weight.dispose();
      tf.engine().endScope();
      expect(tf.memory().numTensors).toBe(before);
    };
  });

  const scaling = (options: { readonly regions?: Regions } = {}) =>
    compile(
      {
        train: {
          inputs: { x: float(2) },
          run: ({ x }) => {
            const { value, grads } = tf.variableGrads(() =>
              tf.sum(tf.square(tf.sub(tf.mul(weight, x as tf.Tensor), 1))),
            );
            weight.assign(tf.sub(weight, tf.mul(grads[weight.name] as tf.Tensor, 0.25)));
            return { loss: value };
          },
        },
        predict: { inputs: { x: float(2) }, run: ({ x }) => ({ y: tf.mul(weight, x as tf.Tensor) }) },
        reset: { inputs: {}, run: () => { weight.assign(tf.zeros([2])); return {}; } }, // biome-ignore format: short
      },
      options,
    );

  it('runs what its example says', async () => {
    const example = offered.find(({ name }) => name === 'compile');
    const [block] = example === undefined ? [] : examplesOf(example);
    expect(block?.code).toContain('// =>');
    const before = Object.keys(tf.engine().registeredVariables).length;
    await runExample(block?.code ?? '');
    expect(Object.keys(tf.engine().registeredVariables)).toHaveLength(before + 1);
    Object.values(tf.engine().registeredVariables).at(-1)?.dispose();
  });

  it.each(['between-products', 'whole'] as const)(
    'shares variables between functions, one of which changes them: %s',
    (regions) => {
      const compiled = scaling({ regions });
      const x = tf.tensor1d([1, 1]);
      const losses = [1, 2, 3].map(() => numbersOf(compiled.run('train', { x }).loss)[0]);
      expect(losses).toEqual([1, 0.25, 0.0625]); // the distance from 1 halves in each step
      expect(numbersOf(compiled.run('predict', { x }).y)).toEqual([1, 1.125]);
      expect(compiled.run('reset', {})).toEqual({});
      expect(numbersOf(compiled.run('predict', { x }).y)).toEqual([0, 0]);
      expect((['train', 'predict', 'reset'] as const).map(compiled.assigns)).toEqual([true, false, true]);
      compiled.dispose();
    },
  );

  it('exchanges values with the variables by push and pull alone', () => {
    const compiled = scaling();
    const x = tf.tensor1d([1, 1]);
    compiled.run('train', { x });
    expect(numbersOf(weight)).toEqual([1, 2]);
    compiled.pull();
    expect(numbersOf(weight)).toEqual([1, 1.5]);
    weight.assign(tf.tensor1d([5, 6]));
    expect(numbersOf(compiled.run('predict', { x }).y)).toEqual([1, 1.5]);
    compiled.push();
    expect(numbersOf(compiled.run('predict', { x }).y)).toEqual([5, 6]);
    compiled.dispose();
    expect(numbersOf(weight)).toEqual([5, 6]);
  });

  it('gives every compilation values of its own', () => {
    const [one, other] = [scaling(), scaling()];
    const x = tf.tensor1d([1, 1]);
    one.run('reset', {});
    expect(numbersOf(one.run('predict', { x }).y)).toEqual([0, 0]);
    expect(numbersOf(other.run('predict', { x }).y)).toEqual([1, 2]);
    one.dispose();
    expect(numbersOf(other.run('predict', { x }).y)).toEqual([1, 2]);
    other.dispose();
  });

  it('swaps variables, each of which is assigned the old value of the other', () => {
    const other: tf.Variable<tf.Rank.R1> = tf.variable(tf.tensor1d([3, 4]));
    const compiled = compile({
      swap: {
        inputs: {},
        run: () => {
          const kept = tf.clone(weight);
          weight.assign(other);
          other.assign(kept);
          return {};
        },
      },
      both: { inputs: {}, run: () => ({ weight, other }) },
    });
    compiled.run('swap', {});
    const both = compiled.run('both', {});
    expect([numbersOf(both.weight), numbersOf(both.other)]).toEqual([[3, 4], [1, 2]]); // biome-ignore format: short
    compiled.dispose();
    other.dispose();
  });

  it('draws the randomness of createRandom anew for every call', () => {
    const noise = (random: ReturnType<typeof createRandom>) => {
      const block = random.fork('blocks.0');
      return tf.concat([block.uniform('keep', [4]), random.normal('keep', [4])]);
    };
    const compiled = compile({ noise: { inputs: {}, run: (_, { random }) => ({ y: noise(random) }) } });
    const at = (seed?: number, step?: number) =>
      numbersOf(compiled.run('noise', {}, { ...(seed && { seed }), ...(step && { step }) }).y);
    expect(at(3, 5)).toEqual(numbersOf(noise(createRandom({ seed: 3, step: 5 }))));
    expect(at(3, 5)).toEqual(at(3, 5));
    expect(at(3, 6)).not.toEqual(at(3, 5));
    expect(at(4, 5)).not.toEqual(at(3, 5));
    expect(at()).toEqual(numbersOf(noise(createRandom({ seed: 0, step: 0 }))));
    compiled.dispose();
  });

  it('takes the scalars that a function asks for, and leaves others aside', () => {
    const run = compile({
      scale: {
        inputs: {},
        run: (_, { scalar }) => ({ y: tf.mul(weight, tf.add(scalar('rate'), scalar('weights.one'))) }),
      },
    });
    const y = (scalars: Record<string, number>) => numbersOf(run.run('scale', {}, { scalars }).y);
    expect(y({ rate: 0.5, 'weights.one': 0 })).toEqual([0.5, 1]);
    expect(y({ rate: 2, 'weights.one': 1, more: 7 })).toEqual([3, 6]);
    expect(() => y({ rate: 2, other: 1 })).toThrow(
      'The compiled function "scale" reads the scalars rate, weights.one, and this call did not give weights.one',
    );
    run.dispose();
  });
});
