import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { createRandom, fused } from '@whereabouts/layers';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { type Compiled, compile } from './compile.js';

type Tensors = Readonly<Record<string, tf.Tensor>>;

const x = { shape: [2, 3], dtype: 'float32' } as const;
const scalars = { 'weights.one': 0.1 };
const numbersOf = (tensor: tf.Tensor | undefined) => Array.from(tensor?.dataSync() ?? []);

describe.runIf(inject('engine') === 'tensorflow')('a model that was saved', () => {
  let compiled: Compiled<'predict' | 'train'>;
  let given: tf.Tensor;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xla-'));
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    const random = createRandom({ seed: 0, step: 0 });
    const weight = tf.variable(random.normal('weight', [3, 4]));
    const steps = tf.variable(tf.scalar(0, 'int32'));
    given = random.normal('x', [2, 3]);
    const activate = fused((y: tf.Tensor) => tf.mul(y, tf.sigmoid(y)));
    const apply = (input: tf.Tensor) => activate(tf.matMul(input, weight));
    compiled = compile({
      predict: { inputs: { x }, run: ({ x }) => ({ y: apply(x as tf.Tensor), steps }) },
      train: {
        inputs: { x },
        run: ({ x }, { random, scalar }) => {
          const kept = tf.step(tf.sub(random.fork('blocks.0').uniform('keep', [2, 1]), 0.1));
          const loss = () => tf.mean(tf.square(apply(tf.mul(x as tf.Tensor, kept)))) as tf.Scalar;
          const { value, grads } = tf.variableGrads(loss, [weight]);
          weight.assign(tf.sub(weight, tf.mul(grads[weight.name] as tf.Tensor, scalar('weights.one'))));
          steps.assign(tf.add(steps, tf.scalar(1, 'int32')));
          return { loss: value };
        },
      },
    });
    return () => {
      compiled.dispose();
      tf.dispose([weight, steps]);
      tf.engine().endScope();
      expect(tf.memory().numTensors).toBe(before);
    };
  });

  /** Runs a signature of the saved model, loaded anew. */
  async function saved(signature: string, inputs: Tensors): Promise<Tensors> {
    const { node } = await import('@tensorflow/tfjs-node-gpu');
    const model = await node.loadSavedModel(folder, ['serve'], signature);
    const results = model.predict(inputs as never) as unknown as Tensors;
    model.dispose();
    return results;
  }

  it('gives what the compiled functions give, from the values that they hold when it is saved', async () => {
    compiled.run('train', { x: given }, { scalars });
    await compiled.save(folder);
    const predicted = compiled.run('predict', { x: given });
    const { y, steps } = await saved('predict', { x: given });
    expect(numbersOf(steps)).toEqual([1]);
    const numbers = numbersOf(predicted.y);
    expect(numbers).toHaveLength(8);
    for (const [index, number] of numbers.entries()) expect(numbersOf(y)[index]).toBeCloseTo(number, 5);
  });

  it('trains, with random tensors and scalars as inputs by names that Python takes', async () => {
    await compiled.save(folder);
    const { loss } = compiled.run('train', { x: given }, { scalars, seed: 3, step: 4 });
    const keep = createRandom({ seed: 3, step: 4 }).uniform('blocks.0/keep', [2, 1]);
    const results = await saved('train', {
      x: given,
      random_uniform_blocks_0_keep_2x1: keep,
      scalar_weights_one: tf.scalar(0.1),
    });
    expect(Object.keys(results)).toEqual(['loss']);
    expect(numbersOf(results.loss)[0]).toBeCloseTo(numbersOf(loss)[0] ?? Number.NaN, 5);
  });

  it('shows the signatures of the functions alone', async () => {
    await compiled.save(folder);
    const { node } = await import('@tensorflow/tfjs-node-gpu');
    const [{ signatureDefs } = { signatureDefs: {} }] = await node.getMetaGraphsFromSavedModel(folder);
    expect(Object.keys(signatureDefs).sort()).toEqual(['predict', 'train']);
    expect(await readdir(folder)).toEqual(['saved_model.pb']);
  });

  it('is not written over another', async () => {
    await compiled.save(folder);
    await expect(compiled.save(folder)).rejects.toThrow('holds a SavedModel already');
  });
});
