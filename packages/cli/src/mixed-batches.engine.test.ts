import * as tf from '@tensorflow/tfjs-core';
import { type BatchOptions, batches, type Split } from '@whereabouts/data';
import {
  classification,
  createRandom,
  disposeVariables,
  evaluationPass,
  type HostBatch,
  stream,
} from '@whereabouts/layers';
import { absolutePositions, relativeLabels, relativePositions } from '@whereabouts/position-labels';
import { compiledExecutor, type Executor, eagerExecutor, joint, train } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
import { describe, expect, inject, it } from 'vitest';

const noise: Split = {
  name: 'train',
  length: 24,
  classes: Int32Array.from({ length: 24 }, (_, index) => index % 4),
  read: async (index) => {
    const random = stream(0, 'picture', index);
    return {
      width: 16,
      height: 8,
      pixels: Uint8Array.from({ length: 16 * 8 * 3 }, () => random.integer(256)),
    };
  },
  describe: (index) => `picture ${index}`,
};
const options: BatchOptions = {
  batchSize: 6,
  imageSize: { width: 16, height: 8 },
  augmentation: {},
  normalisation: { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] },
};
const plain = batches(noise, options);
const mixed = batches(noise, { ...options, mixing: { classes: 4, mixup: 0.8, cutmix: 1 } });

const grid = { rows: 2, columns: 4 };
const backbone = () =>
  vit({ imageSize: { height: 8, width: 16 }, patchSize: 4, channels: 8, depth: 1, heads: 2 });

async function firstOf(source: typeof plain): Promise<HostBatch> {
  for await (const batch of source.epoch(0)) return batch;
  throw new Error('There is no batch.');
}

function toTensors({ images, classes, targets }: HostBatch) {
  const tensor = (host: HostBatch[string] | undefined) =>
    tf.tensor(host?.values ?? [], [...(host?.shape ?? [])], host?.dtype ?? 'float32');
  return {
    images: tensor(images) as tf.Tensor4D,
    classes: tensor(classes) as tf.Tensor1D,
    ...(targets && { targets: tensor(targets) as tf.Tensor2D }),
  };
}

/** The mean of `-log p` of the labels `[rows]`. */
function crossEntropyOf(logits: tf.Tensor, labels: readonly number[]): number {
  const rows = tf.logSoftmax(tf.reshape(logits, [labels.length, -1])).arraySync() as number[][];
  return -labels.reduce((sum, label, row) => sum + (rows[row]?.[label] ?? Number.NaN), 0) / labels.length;
}

describe('mixed batches', () => {
  it('hold the same examples as plain ones, with other pixels and soft targets', async () => {
    const [one, other] = [await firstOf(plain), await firstOf(mixed)];
    expect(other.classes).toEqual(one.classes);
    expect(other.images?.values).not.toEqual(one.images?.values);
    expect(other.targets?.shape).toEqual([6, 4]);
    expect(one.targets).toBeUndefined();
  });

  it('leave the labels of position heads alone: each token has its place in the mixed image', async () => {
    const model = backbone();
    const heads = [absolutePositions({ spec: model.spec }), relativePositions({ spec: model.spec })] as const;
    const batch = toTensors(await firstOf(mixed));
    const features = model.apply(batch.images, evaluationPass());

    const raster = Array.from({ length: 8 }, (_, position) => position);
    const everyImage = raster
      .map(() => 0)
      .slice(0, 6)
      .flatMap(() => raster); // [6 * 8]
    expect(Array.from(features.stages[0]?.positions.dataSync() ?? [])).toEqual(everyImage);
    const pairs = relativeLabels(tf.tensor2d([raster], [1, 8], 'int32'), grid).dataSync();
    const labels = [everyImage, Array.from({ length: 6 }, () => Array.from(pairs)).flat()];
    heads.forEach((head, index) => {
      const expected = crossEntropyOf(head.apply(features, evaluationPass()), labels[index] ?? []);
      const { loss } = head.loss(features, batch, evaluationPass());
      expect(loss.dataSync()[0]).toBeCloseTo(expected, 5);
    });
    disposeVariables(model.variables);
  });

  it('leave the losses of position heads alone, whatever the batch says of its classes', async () => {
    const { spec } = backbone();
    const random = createRandom({ seed: 1, step: 0 });
    const positions = tf.tensor2d([[3, 1, 7, 0]], [1, 4], 'int32');
    const features = {
      stages: [{ tokens: random.normal('tokens', [1, 4, 8]) as tf.Tensor3D, positions, grid }],
    };
    const partial = { ...spec, stages: [{ grid, channels: 8, length: 4 }] };
    const [one, other] = [toTensors(await firstOf(plain)), toTensors(await firstOf(mixed))];
    for (const head of [absolutePositions({ spec: partial }), relativePositions({ spec: partial })]) {
      const numbers = (batch: object) => {
        const { loss, metrics } = head.loss(features, batch, evaluationPass());
        return [loss, ...Object.values(metrics ?? {})].map((scalar) => scalar.dataSync()[0]);
      };
      expect(numbers(other)).toEqual(numbers(one));
    }
  });
});

describe.runIf(inject('engine') === 'tensorflow')('compiled training on mixed batches', () => {
  async function follow(executor: Executor) {
    const model = backbone();
    const { spec } = model;
    const objective = joint(
      model,
      {
        classes: classification({ spec, classes: 4, smoothing: 0.1 }),
        absolute: absolutePositions({ spec }),
      },
      { weights: { absolute: 0.5 } },
    );
    const steps: Readonly<Record<string, number>>[] = [];
    const { evaluation } = await train({
      executor,
      objective,
      batches: mixed,
      validation: plain,
      epochs: 3,
      learningRate: () => 1e-3,
      callbacks: [{ onStep: ({ metrics }) => void steps.push(metrics) }],
    });
    disposeVariables(objective.variables);
    return [...steps, evaluation ?? {}];
  }

  it('gives the losses of eager training', async () => {
    const [eager, compiled] = [await follow(eagerExecutor()), await follow(compiledExecutor())];
    expect(compiled).toHaveLength(13);
    for (const [step, metrics] of eager.entries())
      for (const name of ['loss', 'classes.loss', 'absolute.loss'])
        expect(compiled[step]?.[name], name).toBeCloseTo(metrics[name] ?? Number.NaN, 4);
  });
});
