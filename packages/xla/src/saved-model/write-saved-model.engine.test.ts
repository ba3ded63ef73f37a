import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, inject, it } from 'vitest';
import { exampleModel } from '../../testing/example-model.js';
import { writeSavedModel } from './write-saved-model.js';

describe.skipIf(inject('engine') !== 'tensorflow')('a model that was written', () => {
  it('is read by TensorFlow, which runs its initialiser', async () => {
    const { node } = await import('@tensorflow/tfjs-node-gpu');
    const folder = await mkdtemp(join(tmpdir(), 'xla-'));
    await writeSavedModel(folder, exampleModel);
    const model = await node.loadSavedModel(folder, ['serve'], 'predict');
    await rm(folder, { recursive: true });
    const { y } = model.predict({ x: tf.tensor2d([[1, 2]]) as never }) as unknown as { y: tf.Tensor };
    const expected = [0.9, -1.2, 1.5].map((product) => Math.exp(product) + 1);
    for (const [index, number] of Array.from(y.dataSync()).entries())
      expect(number).toBeCloseTo(expected[index] as number, 5);
    model.dispose();
  });
});
