import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { HostTensor } from './host-tensor.js';
import { loadVariables, readVariables } from './load-variables.js';
import { variable } from './variables.js';

const model = () => ({
  'norm.weight': variable(tf.ones([2])),
  'norm.bias': variable(tf.zeros([2])),
  counter: variable(tf.scalar(3, 'int32')),
});

const float = (shape: number[], ...values: number[]): HostTensor => ({
  shape,
  dtype: 'float32',
  values: Float32Array.from(values),
});

const whole = {
  'norm.weight': float([2], 5, 6),
  'norm.bias': float([2], 7, 8),
  counter: { shape: [], dtype: 'int32', values: Int32Array.of(9) },
} as const satisfies Record<string, HostTensor>;

const read = async (variables: ReturnType<typeof model>) =>
  Object.values(await readVariables(variables)).map(({ values }) => Array.from(values));

const untouched = [[1, 1], [0, 0], [3]];

describe('loadVariables', () => {
  it('copies every tensor into the variable of its path', async () => {
    const variables = model();
    const before = Object.values(variables);
    const report = loadVariables(variables, whole);
    expect(await read(variables)).toEqual([[5, 6], [7, 8], [9]]);
    expect(report).toEqual({ missing: [], unexpected: [], mismatched: [] });
    expect(Object.values(variables)).toEqual(before);
  });

  it('does not care for the order of the tensors', async () => {
    const variables = model();
    loadVariables(variables, Object.fromEntries(Object.entries(whole).reverse()));
    expect(await read(variables)).toEqual([[5, 6], [7, 8], [9]]);
  });

  it('lists everything that does not fit, and loads nothing', async () => {
    const variables = model();
    const tensors = {
      'norm.weight': float([3], 1, 2, 3),
      'norm.bias': float([2], 7, 8),
      'head.weight': float([1], 0),
    };
    expect(() => loadVariables(variables, tensors)).toThrow(
      new Error(
        [
          "These tensors don't fit the model, and nothing was loaded.",
          '  missing: counter',
          '  unexpected: head.weight',
          '  not fitting: norm.weight is [3], expected [2]',
        ].join('\n'),
      ),
    );
    expect(await read(variables)).toEqual(untouched);
  });

  it.each([
    ['another type', { counter: float([], 1) }, 'counter is float32, expected int32'],
    [
      'too few values',
      { counter: { ...whole.counter, values: new Int32Array(0) } },
      'counter holds 0 values, expected 1 for []',
    ],
  ])('loads nothing when the last tensor is of %s', async (_problem, last, sentence) => {
    const variables = model();
    expect(() => loadVariables(variables, { ...whole, ...last })).toThrow(`  not fitting: ${sentence}`);
    expect(await read(variables)).toEqual(untouched);
  });

  it('loads what fits and reports the rest when asked to', async () => {
    const variables = model();
    const report = loadVariables(
      variables,
      { 'norm.weight': float([1, 2], 5, 6), 'norm.bias': whole['norm.bias'], extra: float([1], 0) },
      { partial: true },
    );
    expect(report).toEqual({
      missing: ['counter'],
      unexpected: ['extra'],
      mismatched: ['norm.weight is [1,2], expected [2]'],
    });
    expect(await read(variables)).toEqual([[1, 1], [7, 8], [3]]);
  });

  it('copies: what happens to the array afterwards does not change the model', async () => {
    const variables = model();
    const bias = float([2], 7, 8);
    loadVariables(variables, { ...whole, 'norm.bias': bias });
    bias.values.fill(-1);
    expect(Array.from(variables['norm.bias'].dataSync())).toEqual([7, 8]);
  });

  it('leaves nothing behind', () => {
    const variables = model();
    const before = tf.memory().numTensors;
    loadVariables(variables, whole);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('readVariables', () => {
  it('states shape, type and values of each', async () => {
    const tensors = await readVariables(model());
    expect(tensors['norm.weight']).toEqual({ shape: [2], dtype: 'float32', values: Float32Array.of(1, 1) });
    expect(tensors.counter).toEqual({ shape: [], dtype: 'int32', values: Int32Array.of(3) });
  });

  it('copies: later training does not change what was read', async () => {
    const variables = model();
    const { 'norm.weight': weight } = await readVariables(variables);
    variables['norm.weight'].assign(tf.tensor1d([-1, -1]));
    expect(Array.from(weight?.values ?? [])).toEqual([1, 1]);
  });

  it('copies: what happens to what was read does not change the model', async () => {
    const variables = model();
    const { 'norm.weight': weight } = await readVariables(variables);
    weight?.values.fill(4);
    expect(Array.from(variables['norm.weight'].dataSync())).toEqual([1, 1]);
  });
});
