import { resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, readVariables, stream } from '@whereabouts/layers';
import {
  adamW,
  type Batches,
  compiledExecutor,
  constant,
  type Executor,
  eagerExecutor,
  train,
} from '@whereabouts/trainer';
import { describe, expect, inject, it } from 'vitest';
import { buildBackbone } from '../build/build-backbone.js';
import { buildModel } from '../build/build-model.js';
import { resolveConfig } from '../config/resolve-config.js';

const stages = [
  { channels: 8, depth: 1, heads: 1, reduction: 2, mlpRatio: 2 },
  { channels: 16, depth: 1, heads: 2, reduction: 1, mlpRatio: 2 },
];
const strangers: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['nest', { channels: 8, heads: 2, depths: [1, 2] }],
  ['pvt', { stages }],
];

const noise: Batches = {
  length: 4,
  async *epoch(epoch, firstBatch = 0) {
    for (let index = firstBatch; index < 4; index += 1) {
      const random = stream(3, 'noise', epoch, index);
      yield {
        images: {
          shape: [4, 16, 16, 3],
          dtype: 'float32',
          values: Float32Array.from({ length: 4 * 16 * 16 * 3 }, random.normal),
        },
        classes: {
          shape: [4],
          dtype: 'int32',
          values: Int32Array.from({ length: 4 }, () => random.integer(4)),
        },
      };
    }
  },
};

describe.each(strangers)("a stranger's %s", (name, backboneOptions) => {
  const config = resolveConfig({
    data: { path: 'fashion-mnist', imageSize: 16 },
    model: {
      backbone: resolve(`examples/third-party-backbone-${name}/${name}.mjs`),
      backboneOptions: { ...backboneOptions, patchSize: 2, dropPath: 0.2 },
    },
    labels: { absolute: 0.5, relative: 0.5 },
  });

  /** Four steps with absolute and relative position labels: the losses, and the paths of what changed. */
  async function follow(executor: Executor) {
    const before = tf.memory().numTensors;
    const model = buildModel(config, { classes: 4, own: await buildBackbone(config) });
    const optimiser = adamW({ ...model.objective, weightDecay: 0 });
    const first = await readVariables(model.variables);
    const losses: number[] = [];
    await train({
      ...{ executor, optimiser, objective: model.objective, batches: noise, epochs: 1 },
      learningRate: constant(1e-3),
      callbacks: [{ onStep: ({ metrics }) => void losses.push(metrics.loss ?? Number.NaN) }],
    });
    const last = await readVariables(model.variables);
    const changed = Object.keys(first).filter(
      (path) => first[path]?.values.join() !== last[path]?.values.join(),
    );
    disposeVariables(model.variables);
    disposeVariables(optimiser.state);
    expect(tf.memory().numTensors).toBe(before);
    return { losses, changed, paths: Object.keys(first) };
  }

  it('trains every variable through the trainer as it is', async () => {
    const { losses, changed, paths } = await follow(eagerExecutor());
    expect(losses).toHaveLength(4);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(changed).toEqual(paths);
  });

  it.runIf(inject('engine') === 'tensorflow')(
    'gives compiled the losses that it gives op by op',
    async () => {
      const eager = await follow(eagerExecutor());
      const compiled = await follow(compiledExecutor());
      expect(compiled.changed).toEqual(compiled.paths);
      for (const [step, loss] of eager.losses.entries())
        expect(Math.abs((compiled.losses[step] ?? Number.NaN) / loss - 1)).toBeLessThan(1e-5);
    },
  );
});
