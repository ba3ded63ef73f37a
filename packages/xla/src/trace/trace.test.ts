import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { constantTensor } from '@whereabouts/layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineState } from './engine-state.js';
import { symbolicName } from './symbolic-backend.js';
import { type TensorFunction, trace } from './trace.js';

const pair = { x: { shape: [2, 3], dtype: 'float32' } } as const;
const record = (run: TensorFunction) => trace(run, pair, 'float32');
const operationsOf = (run: TensorFunction) => record(run).graph.nodes.map(({ op }) => op);
const x = (inputs: Readonly<Record<string, tf.Tensor>>) => inputs.x as tf.Tensor2D;

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('trace', () => {
  it('records what a function does, and its gradient', () => {
    const { outputs } = record((inputs) => ({
      y: tf.grad((z: tf.Tensor) => tf.sum(tf.square(z)))(x(inputs)),
    }));
    expect(outputs.y?.shape).toEqual([2, 3]);
  });

  it('tells reads of variables from assignments, the last of which counts', () => {
    const [read, assigned, both, untouched] = [1, 2, 3, 4].map((value) => tf.variable(tf.scalar(value)));
    const before = assigned?.dataId;
    const { variables } = record(() => {
      assigned?.assign(tf.scalar(9));
      assigned?.assign(tf.add(read as tf.Variable, 1));
      both?.assign(tf.add(both, 1));
      return { y: tf.add(assigned as tf.Variable, both as tf.Variable) };
    });
    const use = (variable: tf.Variable | undefined) => {
      const found = variables.find((one) => one.variable === variable);
      return [found?.read !== undefined, found?.assigned?.node.op];
    };
    expect(use(read)).toEqual([true, undefined]);
    expect(use(assigned)).toEqual([false, 'AddV2']);
    expect(use(both)).toEqual([true, 'AddV2']);
    expect(variables.some(({ variable }) => variable === untouched)).toBe(false);
    expect(assigned?.dataId).toBe(before);
    expect(assigned?.dataSync()[0]).toBe(2);
    tf.dispose([read, assigned, both, untouched] as tf.Variable[]);
  });

  it('makes inputs of randomness and scalars that the function asks for', () => {
    const { draws, scalars, inputs } = record((_inputs, { random, scalar }) => {
      const noise = random.fork('blocks.0').uniform('keep', [2, 1]);
      random.fork('blocks.0').uniform('keep', [2, 1]); // the same again
      return { y: tf.mul(noise, scalar('rate')) };
    });
    expect(draws.map(({ path, kind, shape }) => ({ path, kind, shape }))).toEqual([
      { path: 'blocks.0/keep', kind: 'uniform', shape: [2, 1] },
    ]);
    expect(scalars).toEqual(['rate']);
    expect(Object.keys(inputs)).toEqual(['x', 'random_uniform_blocks_0_keep_2x1', 'scalar_rate']);
  });

  it('writes equal numbers as one number', () => {
    const operations = operationsOf((inputs) => ({ y: tf.add(x(inputs), tf.ones([2, 3])) }));
    expect(operations).toContain('Fill');
  });

  it('takes numbers from outside only when they are declared constant', () => {
    const table = tf.tensor1d([1, 2, 3]);
    const add = (wrap: (tensor: tf.Tensor) => tf.Tensor) => () =>
      record((inputs) => ({ y: tf.add(x(inputs), wrap(table)) }));
    expect(add((tensor) => tensor)).toThrow(
      /took numbers from outside: \[3\] float32.*trace\.test\.ts.*constantTensor/s,
    );
    expect(add(constantTensor)).not.toThrow();
    const made = (wrap: (tensor: tf.Tensor) => tf.Tensor) => () =>
      record((inputs) => ({ y: tf.add(x(inputs), wrap(tf.tensor1d([1, 2, 3]))) }));
    expect(made((tensor) => tensor)).toThrow(/trace\.test\.ts/);
    expect(made(constantTensor)).not.toThrow();
    expect(() => record((inputs) => ({ y: tf.add(x(inputs), tf.randomUniform([2, 3])) }))).toThrow('frozen');
    table.dispose();
  });

  it('names the op that cannot be compiled and its caller', () => {
    const run: TensorFunction = (inputs) => ({
      y: tf.unique(tf.reshape(x(inputs), [6]) as tf.Tensor1D).values,
    });
    expect(() => record(run)).toThrow(/The op Unique cannot be compiled, at .*trace\.test\.ts:\d+/);
  });

  it('refuses to read numbers back, saying where', () => {
    expect(() => record((inputs) => ({ y: tf.scalar(x(inputs).dataSync()[0] ?? 0) }))).toThrow(
      /read a tensor's numbers.*trace\.test\.ts/s,
    );
  });

  it('refuses to make variables, and leaves none behind', () => {
    const before = Object.keys(engineState().registeredVariables);
    const run: TensorFunction = (inputs) => ({ y: tf.add(x(inputs), tf.variable(tf.scalar(1))) });
    expect(() => record(run)).toThrow('make them before it is compiled');
    expect(Object.keys(engineState().registeredVariables)).toEqual(before);
  });

  it.each<[string, TensorFunction]>([
    ['works', (inputs) => ({ y: tf.exp(x(inputs)) })],
    ['fails', () => { throw new Error('on purpose'); }], // biome-ignore format: short
    ['fails in a gradient', (inputs) => ({ y: tf.grad((z: tf.Tensor) => { tf.square(z); throw new Error('on purpose'); })(x(inputs)) })], // biome-ignore format: short
    ['fails in a tidy', () => tf.tidy(() => { tf.ones([5]); throw new Error('on purpose'); })], // biome-ignore format: short
  ])('leaves the engine as it was when the function %s', (_how, run) => {
    const variable = tf.variable(tf.scalar(3));
    const memory = tf.memory();
    try {
      record(run);
    } catch (error) {
      expect(String(error)).toContain('on purpose');
    }
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.engine().backendNames()).not.toContain(symbolicName);
    expect(tf.getKernelsForBackend(symbolicName)).toEqual([]);
    expect(tf.memory()).toEqual(memory);
    expect(
      tf
        .grad((z: tf.Tensor) => tf.mul(z, variable))(tf.scalar(2))
        .dataSync()[0],
    ).toBe(3);
    variable.dispose();
  });
});
