import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, evaluationPass } from '@whereabouts/layers';
import { canCompile } from '@whereabouts/xla';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../../testing/expect-close.js';
import { toyBackbone, toyBatches } from '../../testing/toy.js';
import type { Batches } from '../batches.js';
import { compiledExecutor } from '../compiled-executor.js';
import { eagerExecutor } from '../eager-executor.js';
import { featuresOf } from './features-of.js';

const executors = [eagerExecutor(), ...(canCompile() ? [compiledExecutor()] : [])];

/** Two whole batches and a smaller one. */
const batches: Batches = {
  length: 3,
  async *epoch(epoch) {
    yield* toyBatches(2, 4).epoch(epoch);
    yield* toyBatches(1, 3).epoch(epoch);
  },
};

describe('featuresOf', () => {
  it.each([eagerExecutor(), compiledExecutor()])('gives what the backbone says, $name', async (executor) => {
    if (!executors.some(({ name }) => name === executor.name)) return;
    const backbone = toyBackbone(1);
    const before = tf.memory().numTensors;
    const table = await featuresOf({ backbone, batches, executor });
    expect(tf.memory().numTensors).toBe(before);
    expect([table.length, table.channels]).toEqual([11, 8]);
    let row = 0;
    for await (const { images, classes } of batches.epoch(0)) {
      const expected = tf.tidy(() => {
        const given = tf.tensor4d(
          images?.values as Float32Array,
          images?.shape as [number, number, number, number],
        );
        return backbone.apply(given, evaluationPass()).pooled?.dataSync() as Float32Array;
      });
      const size = classes?.shape[0] ?? 0;
      const part = table.values.subarray(row * 8, (row + size) * 8);
      tf.tidy(() => expectClose(tf.tensor1d(part), { shape: [size * 8], values: expected }, 1e-6));
      expect(Array.from(table.classes.subarray(row, row + size))).toEqual(Array.from(classes?.values ?? []));
      row += size;
    }
    disposeVariables(backbone.variables);
  });

  it('takes what it is told to take, and says when classes are missing', async () => {
    const backbone = toyBackbone(1);
    const executor = eagerExecutor();
    const read = ({ stages }: { stages: readonly { tokens: tf.Tensor3D }[] }) =>
      tf.reshape(stages[0]?.tokens as tf.Tensor3D, [-1, 32]) as tf.Tensor2D;
    expect((await featuresOf({ backbone, batches, executor, read })).channels).toBe(32);
    const unlabelled: Batches = {
      length: 1,
      async *epoch() {
        for await (const { images } of toyBatches(1).epoch(0)) yield images === undefined ? {} : { images };
      },
    };
    await expect(featuresOf({ backbone, batches: unlabelled, executor })).rejects.toThrow(
      'the batches hold images; expected images and classes',
    );
    disposeVariables(backbone.variables);
  });
});
