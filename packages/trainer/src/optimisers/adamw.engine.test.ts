import * as tf from '@tensorflow/tfjs-core';
import { variable } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../../testing/expect-close.js';
import { readFixture } from '../../../../testing/fixture.js';
import { adamW } from './adamw.js';
import { clipGradients, globalNorm } from './clip-gradients.js';

const reference = readFixture('adamw');
const tensorOf = (name: string) => {
  const { values, shape } = reference(name);
  return tf.tensor(values, [...shape]);
};

describe('adamW after clipping', () => {
  it('equals six steps of torch.optim.AdamW with decay groups', () => {
    const variables = { weight: variable(tensorOf('start/weight')), bias: variable(tensorOf('start/bias')) };
    const optimiser = adamW({ variables, betas: [0.9, 0.95], epsilon: 1e-8, weightDecay: 0.05 });
    for (let step = 0; step < 6; step += 1) {
      tf.tidy(() => {
        const gradients = {
          weight: tensorOf(`${step}/gradient/weight`),
          bias: tensorOf(`${step}/gradient/bias`),
        };
        const norm = globalNorm(gradients);
        expectClose(tf.reshape(norm, [1]), reference(`${step}/norm`), 1e-5);
        const scalars = Object.fromEntries(
          Object.entries(optimiser.scalars(step)).map(([name, value]) => [name, tf.scalar(value)]),
        );
        optimiser.update(clipGradients(gradients, norm, 5), tf.scalar(0.01), scalars);
      });
      expectClose(variables.weight, reference(`${step}/weight`), 1e-5);
      expectClose(variables.bias, reference(`${step}/bias`), 1e-5);
    }
  });

  it('decays matrices only, and not those that are named', () => {
    const variables = {
      matrix: variable(tf.ones([2, 2])),
      encoding: variable(tf.ones([2, 2])),
      vector: variable(tf.ones([2])),
    };
    const optimiser = adamW({ variables, weightDecay: 0.1, undecayed: ['encoding'] });
    tf.tidy(() => {
      const gradients = Object.fromEntries(
        Object.entries(variables).map(([path, { shape }]) => [path, tf.zeros(shape)]),
      );
      const scalars = Object.fromEntries(
        Object.entries(optimiser.scalars(0)).map(([name, value]) => [name, tf.scalar(value)]),
      );
      optimiser.update(gradients, tf.scalar(0.5), scalars);
    });
    expectClose(variables.matrix, { shape: [2, 2], values: [0.95, 0.95, 0.95, 0.95] }, 1e-6);
    expectClose(variables.encoding, { shape: [2, 2], values: [1, 1, 1, 1] }, 1e-6);
    expectClose(variables.vector, { shape: [2], values: [1, 1] }, 1e-6);
  });

  it('leaves gradients alone that are short enough', () => {
    const gradients = { a: tf.tensor1d([3]), b: tf.tensor1d([4]) };
    const clipped = clipGradients(gradients, globalNorm(gradients), 5.1);
    expect(clipped.a?.dataSync()[0]).toBe(3);
  });
});
