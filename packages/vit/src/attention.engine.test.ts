import * as tf from '@tensorflow/tfjs-core';
import { createRandom, disposeVariables, evaluationPass } from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { attentionRollout } from './attention-rollout.js';
import { vit } from './vit.js';

const backbone = vit({ imageSize: 4, patchSize: 2, channels: 8, depth: 2, heads: 2, registers: 1 });
const images = createRandom({ seed: 1, step: 0 }).normal('images', [3, 4, 4, 3]) as tf.Tensor4D;

it('reads what every block attends to: rows that add up to 1, and no tensor left behind', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const maps = backbone.attention(images, evaluationPass());
    expect(backbone.prefixLength).toBe(2);
    expect(maps.map(({ shape }) => shape)).toEqual([
      [3, 2, 6, 6],
      [3, 2, 6, 6],
    ]);
    for (const map of maps) {
      expect(tf.min(map).dataSync()[0]).toBeGreaterThan(0);
      expectClose(tf.sum(map, -1), { shape: [3, 2, 6], values: new Array(36).fill(1) }, 1e-5);
    }
  });
  expect(tf.memory().numTensors).toBe(before);
});

it('attends to every token alike where queries are zero', () => {
  tf.tidy(() => {
    const one = vit({ imageSize: 4, patchSize: 2, channels: 8, depth: 1, heads: 1, pooling: 'none' });
    const weight = one.variables['blocks.0.attention.qkv.weight'] as tf.Variable;
    weight.assign(tf.mul(weight, tf.concat([tf.zeros([8, 8]), tf.ones([8, 16])], 1)));
    const [even] = one.attention(images, evaluationPass()) as [tf.Tensor4D];
    expectClose(even, { shape: [3, 1, 4, 4], values: new Array(48).fill(0.25) }, 1e-6);
    disposeVariables(one.variables);
  });
});

it('rolls out as a loop in float64 does', () => {
  const maps = [0, 1].map((block) =>
    tf.softmax(createRandom({ seed: 2, step: 0 }).normal(`map ${block}`, [2, 3, 4, 4])),
  ) as tf.Tensor4D[];
  const steps = maps.map((map) =>
    (map.arraySync() as number[][][][]).map((heads) =>
      heads[0]?.map((row, query) =>
        row.map((_, key) => {
          const mean = heads.reduce((sum, head) => sum + (head[query]?.[key] ?? 0) / heads.length, 0);
          return 0.5 * mean + (query === key ? 0.5 : 0);
        }),
      ),
    ),
  );
  const expected = [0, 1].flatMap((image) =>
    [0, 1, 2, 3].flatMap((query) =>
      [0, 1, 2, 3].map((key) =>
        [0, 1, 2, 3].reduce(
          (sum, between) =>
            sum + (steps[1]?.[image]?.[query]?.[between] ?? 0) * (steps[0]?.[image]?.[between]?.[key] ?? 0),
          0,
        ),
      ),
    ),
  );
  const rolled = attentionRollout(maps);
  expectClose(rolled, { shape: [2, 4, 4], values: expected }, 1e-5);
  expectClose(tf.sum(rolled, -1), { shape: [2, 4], values: new Array(8).fill(1) }, 1e-5);
  expect(() => attentionRollout([])).toThrow('There is no attention map to roll out');
});
