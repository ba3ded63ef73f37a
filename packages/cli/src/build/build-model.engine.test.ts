import * as tf from '@tensorflow/tfjs-core';
import { stream } from '@whereabouts/layers';
import { adamW, type Batches, constant, train } from '@whereabouts/trainer';
import { describe, expect, inject, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import { buildModel } from './build-model.js';
import { termWeights } from './term-weights.js';

const config = resolveConfig({
  data: { path: 'fashion-mnist', imageSize: 16 },
  model: { name: 'vit', channels: 24, depth: 2, heads: 3, patchSize: 4, dropPath: 0.2 },
  labels: { absolute: 0.5, relative: 0.5 },
  training: { batchSize: 8 },
});

/** Pictures of noise with a class each, the same for every run. */
function noise(length: number): Batches {
  return {
    length,
    async *epoch(epoch, firstBatch = 0) {
      for (let index = firstBatch; index < length; index += 1) {
        const random = stream(3, 'noise', epoch, index);
        const values = Float32Array.from({ length: 8 * 16 * 16 * 3 }, random.normal);
        const classes = Int32Array.from({ length: 8 }, () => random.integer(4));
        yield {
          images: { shape: [8, 16, 16, 3], dtype: 'float32', values },
          classes: { shape: [8], dtype: 'int32', values: classes },
        };
      }
    },
  };
}

async function follow(steps: number, onStep: (loss: number) => void) {
  const { objective } = buildModel(config, { classes: 4 });
  await train({
    objective,
    optimiser: adamW({ ...objective, weightDecay: 0.05 }),
    batches: noise(steps),
    epochs: 1,
    weights: termWeights(config, { steps, stepsPerEpoch: steps }),
    learningRate: constant(1e-3),
    clipNorm: config.optimiser.clipNorm,
    callbacks: [{ onStep: ({ metrics }) => onStep(metrics.loss ?? Number.NaN) }],
  });
}

/** What the cpu backend, the slow oracle, gave for ViT + APL + RPL with drop-path. */
const onCpu = [
  4.709689, 4.718974, 4.854659, 4.643062, 4.69023, 4.645451, 4.701267, 4.754749, 4.662194, 4.774471, 4.807241,
  4.795203, 4.843059, 4.693772, 4.811253, 4.644483, 4.742351, 4.723272, 4.763289, 4.712271,
];

describe('a ViT with absolute and relative position labels', () => {
  it('gives the same losses over 20 steps on this engine as on cpu, to 1e-4', async () => {
    const losses: number[] = [];
    await follow(20, (loss) => losses.push(loss));
    expect(losses).toHaveLength(onCpu.length);
    for (const [step, loss] of onCpu.entries())
      expect(Math.abs((losses[step] ?? 0) / loss - 1)).toBeLessThan(1e-4);
  });

  // 500 steps take over a minute on cpu, and a leak there is as visible after 50.
  const steps = inject('engine') === 'cpu' ? 50 : 500;
  it(`keeps the number of tensors over ${steps} steps`, async () => {
    const counts = new Set<number>();
    await follow(steps, () => counts.add(tf.memory().numTensors));
    expect(counts.size).toBe(1);
  });
});
