import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, readVariables, variable } from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { follow } from '../../testing/follow.js';
import { toyBatches, toyObjective } from '../../testing/toy.js';
import type { Batches } from '../batches.js';
import { compiledExecutor } from '../compiled-executor.js';
import { eagerExecutor } from '../eager-executor.js';
import type { Executor } from '../executor.js';

const executors: readonly (readonly [string, () => Executor, readonly (readonly number[])[]])[] = [
  [
    'op by op',
    eagerExecutor,
    [
      [4, 4],
      [2, 2, 2, 2],
      [5, 3],
    ],
  ],
  ...(inject('engine') === 'tensorflow' ? ([['compiled', compiledExecutor, [[5, 3]]]] as const) : []),
];

/** Cuts every batch into batches of these sizes. */
function cut(batches: Batches, sizes: readonly number[]): Batches {
  return {
    length: batches.length * sizes.length,
    async *epoch(epoch, firstBatch = 0) {
      let index = 0;
      for await (const batch of batches.epoch(epoch)) {
        let begin = 0;
        for (const size of sizes) {
          const end = begin + size;
          const part = Object.entries(batch).map(([name, { shape, dtype, values }]) => {
            const row = values.length / (shape[0] ?? 1);
            return [
              name,
              { shape: [size, ...shape.slice(1)], dtype, values: values.slice(begin * row, end * row) },
            ];
          });
          if (index >= firstBatch) yield Object.fromEntries(part);
          index += 1;
          begin = end;
        }
      }
    },
  };
}

async function trained(
  batches: Batches,
  options: { accumulate?: number; executor: Executor; rate?: number },
) {
  const { rate = 0, ...rest } = options;
  const objective = toyObjective(1, rate);
  const { steps } = await follow({
    objective,
    batches,
    epochs: 2,
    learningRate: 0.02,
    clipNorm: 0.5,
    ...rest,
  });
  const weights = await readVariables(objective.variables);
  disposeVariables(objective.variables);
  return { steps, weights };
}

describe.each(executors)('gradients accumulated %s', (_name, make, cuts) => {
  it.each(cuts.map((sizes) => [sizes]))('in batches of %s are those of one batch', async (sizes) => {
    const whole = await trained(toyBatches(5), { executor: make() });
    const parts = await trained(cut(toyBatches(5), sizes), { executor: make(), accumulate: sizes.length });
    expect(parts.steps).toHaveLength(10);
    for (const [step, { metrics, images }] of whole.steps.entries()) {
      expect(parts.steps[step]?.images).toBe(images);
      for (const [name, value] of Object.entries(metrics))
        expect(parts.steps[step]?.metrics[name], `${name} of step ${step}`).toBeCloseTo(value, 5);
    }
    for (const [path, { values }] of Object.entries(whole.weights))
      for (const [index, value] of values.entries())
        expect(parts.weights[path]?.values[index], path).toBeCloseTo(value, 4);
  });

  it('may be fewer in the last step of an epoch', async () => {
    const { steps } = await trained(toyBatches(5), { executor: make(), accumulate: 2 });
    expect(steps.map(({ images, epoch }) => [images, epoch])).toEqual(
      [16, 16, 8, 16, 16, 8].map((images, step) => [images, (step + 1) / 3]),
    );
  });

  it('drop other things in each of the batches', async () => {
    const sameTwice: Batches = {
      length: 2,
      async *epoch() {
        for await (const batch of toyBatches(1).epoch(0)) yield* [batch, batch];
      },
    };
    const once = await trained({ ...sameTwice, length: 1 }, { executor: make(), rate: 0.5 });
    const twice = await trained(sameTwice, { executor: make(), accumulate: 2, rate: 0.5 });
    expect(twice.steps[0]?.metrics.loss).not.toBeCloseTo(once.steps[0]?.metrics.loss ?? 0, 6);
  });

  it('leave alone what no gradient reaches, decay included', async () => {
    const [reached, other] = [variable(tf.ones([2, 2])), variable(tf.ones([2, 2]))];
    const objective = {
      variables: { reached, other },
      undecayed: [],
      weights: { sum: 1 },
      terms: ({ x }: { x: tf.Tensor }) => ({ sum: { loss: tf.sum(tf.matMul(reached, x)) as tf.Scalar } }),
    };
    const batches: Batches = {
      length: 4,
      async *epoch() {
        for (let index = 0; index < 4; index += 1)
          yield { x: { shape: [2, 1], dtype: 'float32', values: Float32Array.of(1, index) } };
      },
    };
    await follow({ objective, batches, epochs: 1, learningRate: 0.1, executor: make(), accumulate: 2 });
    expect(Array.from(other.dataSync())).toEqual([1, 1, 1, 1]);
    expect(reached.dataSync()[0]).toBeLessThan(0.9);
    tf.dispose([reached, other]);
  });

  it('leave no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await trained(toyBatches(3), { executor: make(), accumulate: 2 });
    expect(tf.memory().numTensors).toBe(before);
  });
});
