import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, readVariables, stream } from '@whereabouts/layers';
import {
  adamW,
  type Batches,
  compiledExecutor,
  type Executor,
  eagerExecutor,
  type Metrics,
  train,
  warmupCosine,
} from '@whereabouts/trainer';
import { describe, expect, inject, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import { buildModel } from './build-model.js';

const config = resolveConfig({
  data: { path: 'fashion-mnist', imageSize: 16 },
  model: { name: 'vit', channels: 24, depth: 3, heads: 3, patchSize: 4, dropPath: 0.2 },
  labels: { absolute: 0.5, relative: 0.5 },
  training: { batchSize: 8 },
});

const pretraining = resolveConfig({
  data: { path: 'fashion-mnist', imageSize: 16 },
  model: { name: 'vit', channels: 24, depth: 3, heads: 3, patchSize: 4, positionEncoding: 'sine-cosine' },
  masking: { keepRatio: 0.25, pixelTarget: 'normalised', decoderChannels: 24, decoderHeads: 3 },
  labels: { absolute: 0.5, relative: 0.5 },
  training: { batchSize: 8 },
});

/** Pictures of noise with a class each, the same for every run; the last batch of `sizes` may be smaller. */
const noise = (sizes: readonly number[]): Batches => ({
  length: sizes.length,
  async *epoch(epoch, firstBatch = 0) {
    for (const [index, size] of sizes.entries()) {
      if (index < firstBatch) continue;
      const random = stream(5, 'noise', epoch, index);
      yield {
        images: {
          shape: [size, 16, 16, 3],
          dtype: 'float32',
          values: Float32Array.from({ length: size * 16 * 16 * 3 }, random.normal),
        },
        classes: {
          shape: [size],
          dtype: 'int32',
          values: Int32Array.from({ length: size }, () => random.integer(4)),
        },
      };
    }
  },
});

/** Trains 50 steps and evaluates on a split whose last batch is smaller. */
async function follow(executor: Executor, of = config) {
  const { objective, variables } = buildModel(of, { classes: 4 });
  const optimiser = adamW({ ...objective, weightDecay: 0.05 });
  const steps: Metrics[] = [];
  const { evaluation } = await train({
    executor,
    objective,
    optimiser,
    batches: noise(Array.from({ length: 25 }, () => 8)),
    validation: noise([8, 8, 3]),
    epochs: 2,
    weights: { absolute: 0.5, relative: 0.5 },
    learningRate: warmupCosine({ peak: 1e-3, minimum: 1e-5, warmupSteps: 10, steps: 50 }),
    clipNorm: 1,
    callbacks: [{ onStep: ({ metrics }) => void steps.push(metrics) }],
  });
  const weights = await readVariables(variables);
  disposeVariables(variables);
  disposeVariables(optimiser.state);
  return { steps, evaluation, weights };
}

/** Expects the losses to be those of `wanted`; an accuracy jumps when a tie between two classes falls the other way. */
function expectLosses(given: Metrics | undefined, wanted: Metrics): void {
  const losses = Object.entries(wanted).filter(([name]) => name.endsWith('loss'));
  expect(losses.length).toBeGreaterThan(3);
  for (const [name, value] of losses)
    expect(Math.abs((given?.[name] ?? Number.NaN) / value - 1), name).toBeLessThan(1e-5);
}

describe.runIf(inject('engine') === 'tensorflow')('compiled training', () => {
  it.each([
    ['classes and both position labels', config],
    ['masked autoencoding with both position labels', pretraining],
  ])('of %s gives the losses of eager training over 50 steps, to 1e-5', async (_name, of) => {
    const before = tf.memory().numTensors;
    const eager = await follow(eagerExecutor(), of);
    const compiled = await follow(compiledExecutor(), of);
    expect(compiled.steps).toHaveLength(50);
    for (const [step, metrics] of eager.steps.entries()) expectLosses(compiled.steps[step], metrics);
    expectLosses(compiled.evaluation, eager.evaluation ?? {});
    for (const [path, { values }] of Object.entries(eager.weights))
      for (const [index, value] of values.entries())
        expect(compiled.weights[path]?.values[index], path).toBeCloseTo(value, 3);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns as well with products in bf16', async () => {
    const { steps: float32 } = await follow(compiledExecutor());
    const { steps: bf16 } = await follow(compiledExecutor({ precision: 'bf16' }));
    const mean = (steps: readonly Metrics[]) =>
      steps.slice(-10).reduce((sum, { loss = Number.NaN }) => sum + loss, 0) / 10;
    expect(Math.abs(mean(bf16) / mean(float32) - 1)).toBeLessThan(0.01);
    expect(bf16[0]?.loss).not.toBe(float32[0]?.loss);
  });
});
