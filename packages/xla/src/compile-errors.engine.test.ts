import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { type Compiled, compile } from './compile.js';
import { nativeBackend } from './saved-model/native-backend.js';
import type { TensorFunction } from './trace/trace.js';

const x = { shape: [2], dtype: 'float32' } as const;

describe.runIf(inject('engine') === 'tensorflow')('errors of compile', () => {
  let weight: tf.Variable;
  let pair: tf.Tensor;
  beforeEach(() => {
    weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    pair = tf.tensor1d([3, 4]);
    const before = tf.memory();
    return () => {
      expect(tf.getBackend()).toBe('tensorflow');
      expect(tf.memory()).toEqual(before);
      expect(Array.from(weight.dataSync())).toEqual([1, 2]);
      expect(
        tf.tidy(() =>
          Array.from(
            tf
              .grad((z) => tf.sum(tf.mul(z, weight)))(pair)
              .dataSync(),
          ),
        ),
      ).toEqual([1, 2]);
      tf.dispose([weight, pair]);
    };
  });
  const good: TensorFunction = (inputs) => ({ y: tf.mul(inputs.x as tf.Tensor, weight) });

  it.each<[string, TensorFunction, string | RegExp]>([
    ['fails', () => { throw new Error('on purpose'); }, 'on purpose'], // biome-ignore format: short
    ['fails after it assigned', () => { weight.assign(tf.ones([2])); throw new Error('on purpose'); }, 'on purpose'], // biome-ignore format: short
    ['fails in a gradient', () => tf.variableGrads(() => { tf.square(weight); throw new Error('on purpose'); }).grads, 'on purpose'], // biome-ignore format: short
    [
      'gives no tensor',
      () => ({ loss: 3 }) as never,
      'The function "bad" must give a record of tensors, such as { y }, but gave loss: 3.',
    ],
    ['gives nothing', () => undefined as never, 'but gave undefined'],
    ['is asynchronous', (async () => ({ y: weight })) as never, 'but gave a promise'],
    [
      'uses an op that is left out',
      () => ({ y: tf.unique(weight).values }),
      /The op Unique cannot be compiled, at .*compile-errors/,
    ],
    [
      'takes numbers from outside',
      () => ({ y: tf.add(weight, pair) }),
      'took numbers from outside: [2] float32',
    ],
    ['reads numbers', () => ({ y: tf.scalar(weight.dataSync()[0] ?? 0) }), "read a tensor's numbers"],
    ['makes a variable', () => ({ y: tf.variable(tf.scalar(1)) }), 'make them before it is compiled'],
    [
      'gives one name to two scalars',
      (_, { scalar }) => ({ y: tf.add(scalar('a.b'), scalar('a_b')) }),
      'the scalar a.b and the scalar a_b would both be named scalar_a_b',
    ],
    ['compiles another', () => { compile({ good: { inputs: { x }, run: good } }); return {}; }, 'cannot compile another one while it is recorded'], // biome-ignore format: short
  ])('leave everything as it was where a function %s', (_how, bad, message) => {
    const compileBoth = () =>
      compile({ good: { inputs: { x }, run: good }, bad: { inputs: { x }, run: bad } });
    expect(compileBoth).toThrow(message);
  });

  it('keeps the names by which the variables are moved', () => {
    const run = () => ({ y: tf.scalar(1) });
    expect(() => compile({ 'variables/fetch': { inputs: {}, run } })).toThrow('cannot be named');
  });

  it('of a push at the start leave no session open', () => {
    const backend = nativeBackend();
    const run = vi.spyOn(backend, 'runSavedModel').mockImplementationOnce(() => {
      throw new Error('on purpose');
    });
    const close = vi.spyOn(backend, 'deleteSavedModel');
    expect(() => compile({ good: { inputs: { x }, run: good } })).toThrow('on purpose');
    expect(close).toHaveBeenCalledOnce();
    run.mockRestore();
    close.mockRestore();
  });

  describe('in use', () => {
    let compiled: Compiled<'good'>;
    beforeEach(() => {
      compiled = compile({ good: { inputs: { x }, run: good } });
      return () => compiled.dispose();
    });

    it('name what was given, and what is there', () => {
      const unknown = 'god' as 'good';
      expect(() => compiled.run(unknown, { x: pair })).toThrow(
        'There is no compiled function "god"; there are good.',
      );
      expect(() => compiled.assigns(unknown)).toThrow('There is no compiled function "god"');
      expect(() => compiled.run('good', {})).toThrow(
        'The input "x" of "good" must be float32 [2], and was not given.',
      );
      expect(() => compiled.run('good', { x: weight, more: pair })).toThrow(
        '"good" takes x, and was given more too.',
      );
      const scalar = tf.scalar(1);
      expect(() => compiled.run('good', { x: scalar })).toThrow('must be float32 [2], and is float32 []');
      scalar.dispose();
    });

    it('say that it was disposed', async () => {
      compiled.dispose();
      compiled.dispose();
      const gone = 'is not possible: these compiled functions were disposed.';
      expect(() => compiled.run('good', { x: pair })).toThrow(`run("good") ${gone}`);
      expect(() => compiled.pull()).toThrow(`pull ${gone}`);
      expect(() => compiled.push()).toThrow(`push ${gone}`);
      await expect(compiled.save('nowhere')).rejects.toThrow(`save ${gone}`);
    });
  });

  it('say which variables were disposed', () => {
    const short = tf.tidy(() => tf.variable(tf.tensor1d([1, 2]), true, 'short'));
    const compiled = compile({
      add: { inputs: { x }, run: (inputs) => ({ y: tf.add(inputs.x as tf.Tensor, short) }) },
    });
    short.dispose();
    for (const move of [compiled.push, compiled.pull]) expect(move).toThrow('disposed: short (float32 [2])');
    const { y } = compiled.run('add', { x: pair }); // the graph has values of its own
    expect(Array.from(y?.dataSync() ?? [])).toEqual([4, 6]);
    y?.dispose();
    compiled.dispose();
  });
});
