import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  disposeVariables,
  type HostTensor,
  readVariables,
  stream,
} from '@whereabouts/layers';
import {
  absolutePositions,
  attentiveWeights,
  droppedPositions,
  jigsawPositions,
  linearPositions,
  relativeDirections,
  relativeOffsets,
} from '@whereabouts/position-labels';
import {
  type Batches,
  compiledExecutor,
  type Executor,
  eagerExecutor,
  joint,
  linearSchedule,
  type Metrics,
  together,
  train,
} from '@whereabouts/trainer';
import { masked, maskedKeys, partialEncoding, vit, withoutEncoding } from '@whereabouts/vit';
import { describe, expect, inject, it } from 'vitest';

/** Classes and several labels on a ViT, and every other label on a view of it: one set of weights, one loss. */
function everyHead() {
  const whole = vit({
    imageSize: { height: 8, width: 16 },
    patchSize: 4,
    channels: 12,
    depth: 1,
    heads: 2,
  });
  const pieces = masked(withoutEncoding(whole), { keepRatio: 0.5 });
  const context = maskedKeys(withoutEncoding(whole), { keepRatio: 0.25 });
  const partly = partialEncoding(whole, { keepRatio: 0.75, givenRatio: 0.4 });
  const { spec } = whole;
  return together({
    whole: joint(
      whole,
      {
        classes: classification({ spec, classes: 2 }),
        absolute: absolutePositions({ spec }),
        offsets: relativeOffsets({ spec, pairs: 5, hidden: 16 }),
        directions: relativeDirections({ spec }),
      },
      { weights: { absolute: 0.5, offsets: 0.1, directions: 0.1 } },
    ),
    pieces: joint(pieces, { jigsaw: jigsawPositions({ spec: pieces.spec }) }, { weights: { jigsaw: 0.1 } }),
    context: joint(context, { context: linearPositions({ spec: context.spec }) }),
    partly: joint(partly, {
      dropped: droppedPositions({
        spec: partly.spec,
        decoder: { channels: 12, depth: 1, heads: 2 },
        weigh: attentiveWeights(whole),
      }),
    }),
  });
}

/** Pictures of noise, one class brighter; the same for every run. */
const noise = (sizes: readonly number[]): Batches => ({
  length: sizes.length,
  async *epoch(epoch, firstBatch = 0) {
    for (const [index, size] of sizes.entries()) {
      if (index < firstBatch) continue;
      const random = stream(5, 'noise', epoch, index);
      const classes = Int32Array.from({ length: size }, () => random.integer(2));
      const values = Float32Array.from(
        { length: size * 8 * 16 * 3 },
        (_, at) => random.normal() + (classes[Math.floor(at / 384)] ?? 0),
      );
      yield {
        images: { shape: [size, 8, 16, 3], dtype: 'float32', values },
        classes: { shape: [size], dtype: 'int32', values: classes },
      };
    }
  },
});

interface Run {
  readonly steps: readonly Metrics[];
  readonly evaluation: Metrics;
  readonly weights: Readonly<Record<string, HostTensor>>;
}

async function follow(executor: Executor, steps: number): Promise<Run> {
  const objective = everyHead();
  const followed: Metrics[] = [];
  const { evaluation = {} } = await train({
    executor,
    objective,
    batches: noise(new Array<number>(steps).fill(4)),
    validation: noise([4, 3]),
    epochs: 1,
    learningRate: 1e-3,
    scalars: { 'heads.dropped.sigma': linearSchedule({ from: 1, to: 0, steps }) },
    callbacks: [{ onStep: ({ metrics }) => void followed.push(metrics) }],
  });
  const weights = await readVariables(objective.variables);
  disposeVariables(objective.variables);
  return { steps: followed, evaluation, weights };
}

function expectLosses(given: Metrics | undefined, wanted: Metrics | undefined): void {
  const losses = Object.entries(wanted ?? {}).filter(([name]) => name.endsWith('loss'));
  expect(losses).toHaveLength(8); // seven heads and their sum
  for (const [name, value] of losses)
    expect(Math.abs((given?.[name] ?? Number.NaN) / value - 1), name).toBeLessThan(1e-5);
}

describe('all heads together, on a ViT and three views of it', () => {
  it('train every variable through the trainer as it is, and give the same numbers twice', async () => {
    const before = tf.memory().numTensors;
    const first = await follow(eagerExecutor(), 3);
    expect(await follow(eagerExecutor(), 3)).toEqual(first);
    const objective = everyHead();
    const untrained = await readVariables(objective.variables);
    disposeVariables(objective.variables);
    for (const [path, { values }] of Object.entries(untrained))
      expect(first.weights[path]?.values, path).not.toEqual(values);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.runIf(inject('engine') === 'tensorflow')(
    'give compiled the numbers that they give op by op',
    async () => {
      const before = tf.memory().numTensors;
      const eager = await follow(eagerExecutor(), 8);
      const compiled = await follow(compiledExecutor(), 8);
      for (const [step, metrics] of eager.steps.entries()) expectLosses(compiled.steps[step], metrics);
      expectLosses(compiled.evaluation, eager.evaluation);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
