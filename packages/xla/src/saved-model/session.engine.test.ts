import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { exampleModel } from '../../testing/example-model.js';
import { callExpPlusOne, expPlusOne, node, placeholder, reference } from '../../testing/nodes.js';
import { openSession, type Session } from './session.js';

const numbers = (tensor: tf.Tensor | undefined) => Array.from((tensor as tf.Tensor).dataSync());
const weights = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6];

describe.skipIf(inject('engine') !== 'tensorflow')('a session', () => {
  let session: Session;
  beforeAll(() => {
    session = openSession(exampleModel);
  });
  afterAll(() => session.dispose());

  it('runs what XLA compiled, on the values that the initialiser gave', () => {
    const { y } = session.run('predict', { x: tf.tensor2d([[1, 2]]) });
    const expected = [0.9, -1.2, 1.5].map((product) => Math.exp(product) + 1);
    expect(y).toMatchObject({ shape: [1, 3], dtype: 'float32' });
    for (const [index, number] of numbers(y).entries())
      expect(number).toBeCloseTo(expected[index] as number, 5);
  });

  it('shares a variable between its signatures, and with no other session', () => {
    const [one, other] = [openSession(exampleModel), openSession(exampleModel)];
    one.run('assign', { weight: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]) });
    expect(numbers(one.run('fetch', {}).weight)).toEqual([1, 2, 3, 4, 5, 6]);
    const { y } = one.run('predict', { x: tf.tensor2d([[0.5, 0]]) });
    expect(numbers(y)[1]).toBeCloseTo(Math.E + 1, 5);
    expect(numbers(other.run('fetch', {}).weight)).toEqual(weights.map(Math.fround));
    one.dispose();
    expect(numbers(other.run('fetch', {}).weight)).toEqual(weights.map(Math.fround));
    other.dispose();
  });

  it('keeps what it gave when the variable changes, and what it was given', () => {
    const given = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    session.run('assign', { weight: given });
    const { weight } = session.run('fetch', {});
    session.run('assign', { weight: tf.zeros([2, 3]) });
    expect(numbers(weight)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(numbers(given)).toEqual([1, 2, 3, 4, 5, 6]);
    session.run('assign', { weight: tf.tensor2d(weights, [2, 3]) });
  });

  it('takes and gives by name, whatever the order', () => {
    const inputs = { a: reference('a:0', 'float32', []), b: reference('b:0', 'float32', []) };
    const difference = openSession({
      nodes: [
        placeholder('a', 'float32', []),
        placeholder('b', 'float32', []),
        node('sub', 'Sub', ['a', 'b'], { T: { type: 'float32' } }),
        callExpPlusOne('call', 'sub'),
      ],
      functions: [expPlusOne],
      signatures: {
        run: {
          inputs,
          outputs: {
            z: reference('call:0', 'float32', []),
            difference: reference('sub:0', 'float32', []),
            again: reference('sub:0', 'float32', []),
          },
        },
      },
    });
    const outputs = difference.run('run', { b: tf.scalar(1), a: tf.scalar(3) });
    expect(Object.keys(outputs)).toEqual(['z', 'difference', 'again']);
    expect(Object.values(outputs).map((tensor) => numbers(tensor)[0])).toEqual(
      [Math.exp(2) + 1, 2, 2].map(Math.fround),
    );
    difference.dispose();
  });

  it('gives nothing where nothing is asked for', () => {
    const idle = openSession({ nodes: [], functions: [], signatures: { idle: { inputs: {}, outputs: {} } } });
    expect(idle.run('idle', {})).toEqual({});
    idle.dispose();
  });

  it('gives tensors that take part in TensorFlow.js like any other', () => {
    const x = tf.tensor2d([[1, 2]]);
    const before = tf.memory().numTensors;
    const total = tf.tidy(() => tf.sum(session.run('predict', { x }).y as tf.Tensor));
    expect(total.dataSync()[0]).toBeGreaterThan(3);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('says which signatures there are, and that it was disposed', () => {
    expect(() => session.run('train', {})).toThrow(
      'There is no signature "train"; there are predict, assign, fetch.',
    );
    const disposed = openSession(exampleModel);
    disposed.dispose();
    disposed.dispose();
    expect(() => disposed.run('fetch', {})).toThrow('"fetch" cannot run: this session was disposed.');
  });

  it('refuses to run while another backend answers', async () => {
    const other = new tf.KernelBackend();
    other.dispose = () => {};
    tf.registerBackend('other', () => other);
    try {
      await tf.setBackend('other');
      expect(() => session.run('fetch', {})).toThrow('the backend other answers now');
    } finally {
      await tf.setBackend('tensorflow');
      tf.removeBackend('other');
    }
    expect(numbers(session.run('fetch', {}).weight)).toHaveLength(6);
  });
});
