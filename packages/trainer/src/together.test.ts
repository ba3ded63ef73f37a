import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { classification, disposeVariables, isUnder, trainingPass, within } from '@whereabouts/layers';
import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { toyBackbone, toyBatches } from '../testing/toy.js';
import { joint } from './joint.js';
import { adamW } from './optimisers/adamw.js';
import { together } from './together.js';
import { train } from './train.js';

beforeEach(async () => {
  await tf.setBackend('cpu');
});

/** Classes on a backbone, and on a view of it that sees the images darker and has a variable of its own. */
function parts() {
  const backbone = toyBackbone(0);
  const dimmer = tf.variable(tf.scalar(0.5));
  const view = {
    ...backbone,
    variables: { ...backbone.variables, dimmer },
    undecayed: ['dimmer'],
    layerGroups: [['layer', 'dimmer']],
    apply: (images: tf.Tensor4D, pass: Parameters<typeof backbone.apply>[1]) =>
      backbone.apply(tf.mul(images, dimmer), pass),
  };
  const head = (seed: number) => classification({ spec: backbone.spec, classes: 2, seed });
  return {
    backbone,
    light: joint(backbone, { classes: head(1) }),
    dark: joint(view, { dim: head(2) }, { weights: { dim: 0.1 } }),
  };
}

const batch = () => ({ images: tf.ones<tf.Rank.R4>([2, 4, 4, 3]), classes: tf.tensor1d([0, 1], 'int32') });

describe('together', () => {
  it('has every variable once, and all that the objectives say of them', () => {
    const { light, dark } = parts();
    const both = together({ light, dark });
    expect(Object.keys(both.variables)).toEqual([
      'backbone.layer.weight',
      'backbone.layer.bias',
      'heads.classes.weight',
      'heads.classes.bias',
      'backbone.dimmer',
      'heads.dim.weight',
      'heads.dim.bias',
    ]);
    expect(both.weights).toEqual({ classes: 1, dim: 0.1 });
    expect(both.undecayed).toEqual(['backbone.dimmer']);
    expect(both.layerGroups).toEqual([['backbone.layer', 'backbone.dimmer']]);
    expect(both.layerGroups?.flat().every((name) => isUnder(name, 'backbone'))).toBe(true);
    expect(both.frozen).toEqual([]);
    expect(both.scalars).toEqual({});
    const { layerGroups: _, ...unknown } = dark;
    expect(together({ light, dark: unknown }).layerGroups).toBeUndefined();
    expect(together({ light, dark: { ...dark, frozen: ['backbone.layer.bias'] } }).frozen).toEqual([
      'backbone.layer.bias',
    ]);
  });

  it('gives each objective the terms that it has alone, with randomness by its name', () => {
    const { light, dark } = parts();
    const pass = trainingPass({ seed: 3, step: 4 });
    const terms = together({ light, dark }).terms(batch(), pass);
    expect(Object.keys(terms)).toEqual(['classes', 'dim']);
    const value = (loss: tf.Scalar | undefined) => loss?.dataSync()[0];
    expect(value(terms.classes?.loss)).toBe(value(light.terms(batch(), within(pass, 'light')).classes?.loss));
    expect(value(terms.dim?.loss)).toBe(value(dark.terms(batch(), within(pass, 'dark')).dim?.loss));
  });

  it('hands each objective the scalars by the names that they have without it', () => {
    const { light, dark } = parts();
    const read: unknown[] = [];
    const reading = (name: string) => ({
      variables: {},
      undecayed: [],
      weights: { [name]: 1 },
      scalars: { [`heads.${name}.sigma`]: 1 },
      terms: (_: object, { scalars }: { scalars?: object }) => {
        read.push(Object.keys(scalars ?? {}));
        return { [name]: { loss: tf.scalar(0) } };
      },
    });
    const both = together({ a: reading('a'), b: reading('b'), light, dark });
    expect(both.scalars).toEqual({ 'heads.a.sigma': 1, 'heads.b.sigma': 1 });
    both.terms(batch(), {
      ...trainingPass({ seed: 0, step: 0 }),
      scalars: { 'heads.a.sigma': tf.scalar(0.5) },
    });
    expect(read).toEqual([['heads.a.sigma'], ['heads.a.sigma']]);
  });

  it('infers the batch', () => {
    const { light } = parts();
    const other = { ...light, weights: { other: 1 }, terms: (_: { noise: tf.Tensor2D }) => ({}) };
    const both = together({ light, other });
    expectTypeOf<Parameters<typeof both.terms>[0]>().toExtend<{
      images: tf.Tensor4D;
      classes: tf.Tensor1D;
      noise: tf.Tensor2D;
    }>();
  });

  it('trains through the trainer as it is: both losses fall, shared variables move once', async () => {
    const { light, dark } = parts();
    const objective = together({ light, dark });
    const optimiser = adamW(objective);
    expect(Object.keys(optimiser.state)).toHaveLength(2 * Object.keys(objective.variables).length);
    const losses: Record<string, number[]> = { classes: [], dim: [] };
    await train({
      objective,
      optimiser,
      batches: toyBatches(30),
      epochs: 2,
      learningRate: 0.02,
      weights: { dim: (step) => 0.5 + step / 120 },
      callbacks: [
        {
          onStep: ({ metrics }) => {
            for (const [name, values] of Object.entries(losses))
              values.push(metrics[`${name}.loss`] ?? Number.NaN);
          },
        },
      ],
    });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const values of Object.values(losses))
      expect(mean(values.slice(-10))).toBeLessThan(0.7 * mean(values.slice(0, 10)));
    disposeVariables(objective.variables);
    disposeVariables(optimiser.state);
  });

  it('says what cannot be together', () => {
    const { light, dark } = parts();
    expect(() => together({})).toThrow(/at least one objective/);
    expect(() => together({ first: light, second: light })).toThrow(
      'The objectives "first" and "second" both have a term "classes"; give the heads different names.',
    );
    const stranger = joint(toyBackbone(0), {
      other: classification({ spec: toyBackbone(0).spec, classes: 2 }),
    });
    expect(() => together({ dark, stranger })).toThrow(
      'The objectives "dark" and "stranger" have different variables at "backbone.layer.weight"; make both of views of one backbone.',
    );
  });
});
