import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  evaluationPass,
  type FeatureSpec,
  type Features,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { relativePositions } from './relative-positions.js';
import { samplePairs } from './sampled-pairs.js';

const grid = { rows: 2, columns: 3 };
const order = [
  [4, 0, 5, 2],
  [1, 3, 0, 2],
];
const positions = () => tf.tensor2d(order, [2, 4], 'int32');

describe('samplePairs', () => {
  // Vectors that say which token they are: queries count in tens, keys in ones, images in hundreds.
  const vectors = (unit: number, image: number) =>
    tf.tensor3d(order.map((tokens, row) => tokens.map((_, token) => [row * image + token * unit])));

  it('tells the positions of each pair of one image, and draws all pairs about equally often', () => {
    const count = 4000;
    const drawn = samplePairs(
      { queries: vectors(10, 100), keys: vectors(1, 0), positions: positions() },
      count,
      createRandom({ seed: 1, step: 1 }).uniform,
    );
    const [queries, keys] = [drawn.queryPositions, drawn.keyPositions].map((each) => each.dataSync());
    const sums = Array.from(drawn.sums.dataSync());
    const seen = new Map<number, number>();
    for (const [index, sum] of sums.entries()) {
      const [image, query, key] = [Math.floor(sum / 100), Math.floor((sum % 100) / 10), sum % 10];
      expect(image).toBe(Math.floor(index / count));
      expect(queries?.[index]).toBe(order[image]?.[query]);
      expect(keys?.[index]).toBe(order[image]?.[key]);
      seen.set(sum, (seen.get(sum) ?? 0) + 1);
    }
    expect(seen.size).toBe(2 * 16);
    const expected = count / 16;
    const deviation = Math.sqrt(count * (1 / 16) * (15 / 16));
    for (const times of seen.values()) expect(Math.abs(times - expected)).toBeLessThan(4 * deviation);
  });
});

describe('relativePositions with sampled pairs', () => {
  const spec: FeatureSpec = {
    contract: 1,
    stages: [{ grid, channels: 8, length: 4 }],
    pooled: 0,
    positionEncoding: 'none',
  };
  const features = (): Features => ({
    stages: [
      {
        tokens: tf.mul(createRandom({ seed: 9, step: 0 }).normal('tokens', [2, 4, 8]), 20) as tf.Tensor3D,
        positions: positions(),
        grid,
      },
    ],
  });
  const sampled = relativePositionsOf(5);
  const exact = relativePositionsOf('all');

  function relativePositionsOf(pairs: number | 'all') {
    return () => {
      const head = relativePositions({ spec, pairs, seed: 1 });
      for (const [path, variable] of Object.entries(head.variables))
        variable.assign(tf.mul(createRandom({ seed: 2, step: 0 }).normal(path, variable.shape), 0.3));
      return head;
    };
  }

  it('estimates the exact loss without bias', () => {
    const head = sampled();
    const all = features();
    const steps = 400;
    const losses = Array.from({ length: steps }, (_, step) =>
      tf.tidy(() => head.loss(all, {}, trainingPass({ seed: 3, step })).loss.dataSync()[0] ?? Number.NaN),
    );
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / steps;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (steps - 1);
    const truth = exact().loss(all, {}, evaluationPass()).loss.dataSync()[0] ?? Number.NaN;
    expect(variance).toBeGreaterThan(0);
    expect(Math.abs(mean - truth)).toBeLessThan(3 * Math.sqrt(variance / steps));
  });

  it('draws the same pairs for the same seed and step, and others for another', () => {
    const head = sampled();
    const loss = (seed: number, step: number) =>
      head.loss(features(), {}, trainingPass({ seed, step })).loss.dataSync()[0];
    expect(loss(1, 1)).toBe(loss(1, 1));
    expect(loss(1, 2)).not.toBe(loss(1, 1));
    expect(loss(2, 1)).not.toBe(loss(1, 1));
  });

  it('evaluates on all pairs, whatever the seed', () => {
    const pass = (seed: number) => ({ training: false, random: createRandom({ seed, step: 7 }) });
    const [first, second] = [1, 2].map(
      (seed) => sampled().loss(features(), {}, pass(seed)).loss.dataSync()[0],
    );
    expect(first).toBe(second);
    expect(first).toBe(exact().loss(features(), {}, evaluationPass()).loss.dataSync()[0]);
  });
});
