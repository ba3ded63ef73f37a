import * as tf from '@tensorflow/tfjs-core';
import { type HostBatch, variable } from '@whereabouts/layers';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { Metrics } from './callback.js';
import { compiledProgram } from './compiled-program.js';
import { eagerExecutor } from './eager-executor.js';
import type { Program, Step } from './executor.js';
import { adamW } from './optimisers/adamw.js';
import { trainingStep } from './steps/training-step.js';

const batchOf = (...values: number[]): HostBatch => ({
  x: { shape: [values.length], dtype: 'float32', values: Float32Array.from(values) },
});
const call = { seed: 0, step: 0, scalars: {} };

describe.runIf(inject('engine') === 'tensorflow')('a compiled program', () => {
  let total: tf.Variable;
  let program: Program<'add' | 'read'>;
  beforeEach(() => {
    const before = tf.memory().numTensors;
    total = variable(tf.scalar(10));
    program = compiledProgram<'add' | 'read'>(
      {
        add: ({ batch }) => {
          total.assign(tf.add(total, tf.sum(batch.x as tf.Tensor)));
          return { total: tf.clone(total) as tf.Scalar };
        },
        read: ({ batch }) => ({ sum: tf.add(total, tf.sum(batch.x as tf.Tensor)) as tf.Scalar }),
      },
      'float32',
    );
    return () => {
      program.dispose();
      total.dispose();
      expect(tf.memory().numTensors).toBe(before);
    };
  });
  const set = (value: number) => tf.tidy(() => total.assign(tf.scalar(value)));
  const add = async (...values: number[]) =>
    (await program.run('add', { ...call, batch: batchOf(...values) })).total;
  const read = async (...values: number[]) =>
    (await program.run('read', { ...call, batch: batchOf(...values) })).sum;

  it('lets steps for batches of other shapes go on from one another', async () => {
    expect(await add(1)).toBe(11);
    expect(await read(0)).toBe(11);
    expect(await read(0, 0, 5)).toBe(16);
    expect(await add(1, 1)).toBe(13);
    expect(await add(1)).toBe(14);
    expect(await read(0, 0, 5)).toBe(19);
    expect(await add(1, 1)).toBe(16);
  });

  it('keeps its values to itself until they are pulled', async () => {
    await add(1);
    expect(total.dataSync()[0]).toBe(10);
    await program.pull();
    expect(total.dataSync()[0]).toBe(11);
    expect(await add(1)).toBe(12);
  });

  it('sees variables that were changed and pushed, in every graph', async () => {
    await add(1);
    await read(0, 0);
    set(100);
    expect(await read(0)).toBe(11); // not pushed yet
    await program.push();
    expect(await read(0)).toBe(100);
    expect(await read(0, 0)).toBe(100);
    expect(await add(1)).toBe(101);
    await program.pull();
    expect(total.dataSync()[0]).toBe(101);
  });

  it('pulls nothing over variables that were just pushed', async () => {
    await add(1);
    set(100);
    await program.push();
    await program.pull();
    expect(total.dataSync()[0]).toBe(100);
  });

  it('leaves everything as it was when a run fails', async () => {
    await add(1);
    const before = tf.memory().numTensors;
    await expect(
      program.run('add', {
        ...call,
        batch: { y: { shape: [1], dtype: 'float32', values: Float32Array.of(1) } },
      }),
    ).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
    expect(await add(1)).toBe(12);
  });

  it('says that it was disposed', async () => {
    await add(1);
    program.dispose();
    await expect(add(1)).rejects.toThrow('The step "add" cannot run: its program was disposed.');
    await program.pull();
    expect(total.dataSync()[0]).toBe(10);
  });
});

describe.runIf(inject('engine') === 'tensorflow')('steps, compiled', () => {
  /** Runs a step a few times each way from the same values, and expects the same numbers. */
  async function expectSame(step: Step, variables: readonly tf.Variable[], scalars = {}): Promise<void> {
    const initial = variables.map((one) => one.dataSync().slice());
    const runs: { readonly numbers: readonly Metrics[]; readonly values: readonly number[][] }[] = [];
    for (const program of [
      await eagerExecutor().prepare({ step }, {}),
      compiledProgram({ step }, 'float32'),
    ]) {
      for (const [index, one] of variables.entries())
        tf.tidy(() => one.assign(tf.tensor(initial[index] as Float32Array, one.shape)));
      const numbers: Metrics[] = [];
      for (const x of [1, 2, 3])
        numbers.push(await program.run('step', { ...call, scalars, step: x, batch: batchOf(x, 2 * x) }));
      await program.pull();
      program.dispose();
      runs.push({ numbers, values: variables.map((one) => Array.from(one.dataSync())) });
    }
    const flat = ({ numbers, values }: (typeof runs)[number]) =>
      [numbers.flatMap(Object.values), values].flat(2);
    const [eager, compiled] = runs.map(flat);
    expect(compiled).toHaveLength(eager?.length ?? 0);
    for (const [index, value] of (eager ?? []).entries()) expect(compiled?.[index]).toBeCloseTo(value, 5);
  }

  it('may assign a variable twice, as steps that accumulate gradients do', async () => {
    const [sum, weight] = [variable(tf.scalar(0)), variable(tf.scalar(3))];
    await expectSame(
      ({ batch, scalars }) => {
        for (const half of tf.split(batch.x as tf.Tensor1D, 2)) {
          const { grads } = tf.variableGrads(
            () => tf.sum(tf.square(tf.sub(half, weight))) as tf.Scalar,
            [weight],
          );
          sum.assign(tf.add(sum, grads[weight.name] as tf.Tensor));
        }
        weight.assign(tf.sub(weight, tf.mul(sum, scalars.learningRate as tf.Scalar)));
        const loss = tf.add(weight, sum) as tf.Scalar;
        sum.assign(tf.zerosLike(sum));
        return { loss, sum: tf.clone(sum) as tf.Scalar };
      },
      [sum, weight],
      { learningRate: 0.01 },
    );
    tf.dispose([sum, weight]);
  });

  it('leaves variables alone that the objective does not name', async () => {
    const [learned, frozen] = [variable(tf.scalar(2)), variable(tf.scalar(3))];
    const objective = {
      variables: { learned },
      undecayed: [],
      weights: { square: 1 },
      terms: ({ x }: { x: tf.Tensor }) => ({
        square: { loss: tf.mean(tf.square(tf.sub(tf.mul(learned, frozen), x))) as tf.Scalar },
      }),
    };
    const optimiser = adamW(objective);
    const scalars = { learningRate: 0.1, 'weights.square': 1, ...optimiser.scalars(0) };
    const state = Object.values(optimiser.state);
    await expectSame(trainingStep({ objective, optimiser }), [learned, frozen, ...state], scalars);
    expect(learned.dataSync()[0]).not.toBe(2);
    expect(frozen.dataSync()[0]).toBe(3);
    tf.dispose([learned, frozen, ...state]);
  });
});
