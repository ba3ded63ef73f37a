import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, evaluationPass, readVariables } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { timmImages, timmTensors } from '../testing/timm-reference.js';
import { loadVit } from './load-vit.js';
import { vit } from './vit.js';

const size = { patchSize: 4, channels: 12, depth: 2, heads: 3, mlpRatio: 2 };

describe('loadVit', () => {
  it("fits a checkpoint to a larger, rectangular image as timm does, and has timm's features then", () => {
    const fixture = new URL('../fixtures/vit-resized.safetensors', import.meta.url);
    const reference = readFixture(fixture);
    const { 'head.weight': weight, 'head.bias': bias, ...learned } = timmTensors(fixture, 'weights/');
    const larger = vit({ ...size, imageSize: { height: 24, width: 20 } });
    expect(loadVit(larger, learned)).toEqual({ missing: [], unexpected: [], mismatched: [] });
    const { values, shape } = timmImages(fixture);
    tf.tidy(() => {
      const encoding = larger.variables['positionEncoding.weight'] as tf.Variable;
      expectClose(tf.expandDims(encoding, 0), reference('pos_embed'), 1e-5);
      const { stages, pooled } = larger.apply(tf.tensor<tf.Rank.R4>(values, shape), evaluationPass());
      const tokens = tf.concat(
        [tf.expandDims(pooled as tf.Tensor2D, 1), stages[0]?.tokens as tf.Tensor3D],
        1,
      );
      expectClose(tokens, reference('features'), 1e-5);
      const [matrix, offset] = [weight, bias].map((one) =>
        tf.tensor(one?.values ?? [], [...(one?.shape ?? [])]),
      );
      const logits = tf.add(tf.matMul(pooled as tf.Tensor2D, matrix as tf.Tensor2D), offset as tf.Tensor);
      expectClose(logits, reference('logits'), 1e-5);
    });
    disposeVariables(larger.variables);
  });

  it.each([
    [
      'a distillation token and registers with rows',
      { distillationToken: true, registers: 2, prefixEncoding: true },
      4,
    ],
    ['registers without rows', { registers: 2 }, 0],
    ['no token before the grid', { pooling: 'average' }, 0],
  ] as const)('leaves the rows before the grid as they are: %s', async (_, variant, ahead) => {
    const [learned, smaller] = [16, 12].map((imageSize) =>
      vit({ ...size, ...variant, imageSize, seed: imageSize }),
    );
    if (learned === undefined || smaller === undefined) throw new Error('Two models were expected.');
    const tensors = await readVariables(learned.variables);
    expect(loadVit(smaller, tensors).missing).toEqual([]);
    const loaded = await readVariables(smaller.variables);
    const [before, after] = [tensors, loaded].map((each) => each['positionEncoding.weight']);
    expect(after?.shape).toEqual([ahead + 9, 12]);
    expect(after?.values.slice(0, ahead * 12)).toEqual(before?.values.slice(0, ahead * 12));
    expect(loaded.registers?.values).toEqual(tensors.registers?.values);
    disposeVariables(learned.variables);
    disposeVariables(smaller.variables);
  });

  it('changes nothing where the size is the same, bit by bit', async () => {
    const [learned, twin] = [1, 2].map((seed) => vit({ ...size, imageSize: { height: 8, width: 12 }, seed }));
    if (learned === undefined || twin === undefined) throw new Error('Two models were expected.');
    const tensors = await readVariables(learned.variables);
    loadVit(twin, tensors);
    expect(await readVariables(twin.variables)).toEqual(tensors);
    disposeVariables(learned.variables);
    disposeVariables(twin.variables);
  });

  it.each(['conditional', 'sine-cosine', 'none'] as const)(
    'has nothing to resize where the encoding is %s',
    async (positionEncoding) => {
      const learned = vit({ ...size, positionEncoding, imageSize: 8 });
      const larger = vit({ ...size, positionEncoding, imageSize: { height: 12, width: 20 }, seed: 1 });
      const tensors = await readVariables(learned.variables);
      loadVit(larger, tensors);
      expect(await readVariables(larger.variables)).toEqual(tensors);
      disposeVariables(learned.variables);
      disposeVariables(larger.variables);
    },
  );
});

describe('loadVit of a size that was not square', () => {
  it('wants to be told it', async () => {
    const learned = vit({ ...size, imageSize: { height: 8, width: 12 } });
    const larger = vit({ ...size, imageSize: 16, seed: 1 });
    const tensors = await readVariables(learned.variables);
    const untouched = await readVariables(larger.variables);
    expect(() => loadVit(larger, tensors)).toThrow(
      'The position encoding was learned for 6 positions, which are neither the 4 x 4 of this ViT nor a square. Say as `imageSize`',
    );
    expect(() => loadVit(larger, tensors, { imageSize: 8 })).toThrow(
      "A position encoding of shape [7,12] doesn't belong to a grid of 2 x 2 with 1 rows before it, which needs [5, channels].",
    );
    expect(await readVariables(larger.variables)).toEqual(untouched);
    expect(loadVit(larger, tensors, { imageSize: { height: 8, width: 12 } }).missing).toEqual([]);
    disposeVariables(learned.variables);
    disposeVariables(larger.variables);
  });

  it('resizes by what it is told even if the number of positions is the same', async () => {
    const learned = vit({ ...size, imageSize: { height: 8, width: 32 } });
    const square = vit({ ...size, imageSize: 16, seed: 1 });
    const tensors = await readVariables(learned.variables);
    loadVit(square, tensors, { imageSize: { height: 8, width: 32 } });
    const { values } = (await readVariables(square.variables))['positionEncoding.weight'] ?? {};
    expect(values).not.toEqual(tensors['positionEncoding.weight']?.values);
    disposeVariables(learned.variables);
    disposeVariables(square.variables);
  });

  it('says what else does not fit, and loads it in part where that is wanted', async () => {
    const learned = vit({ ...size, imageSize: 8, depth: 1 });
    const deeper = vit({ ...size, imageSize: 12, seed: 1 });
    const tensors = await readVariables(learned.variables);
    expect(() => loadVit(deeper, tensors)).toThrow('missing: blocks.1.norm1.weight');
    expect(loadVit(deeper, tensors, { partial: true }).missing).toContain('blocks.1.norm1.weight');
    disposeVariables(learned.variables);
    disposeVariables(deeper.variables);
  });
});
