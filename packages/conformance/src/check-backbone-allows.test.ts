import * as tf from '@tensorflow/tfjs';
import { type Backbone, constantTensor } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { check, extra, withTokens } from '../testing/changed-backbone.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { checkBackbone } from './check-backbone.js';

describe('checkBackbone', () => {
  it('takes images of any kind of input', async () => {
    const good = tinyBackbone(0);
    await checkBackbone(
      (seed): Backbone<{ readonly images: tf.Tensor4D }> => {
        const { spec, variables, apply } = tinyBackbone(seed);
        return { spec, variables, apply: ({ images }, pass) => apply(images, pass) };
      },
      (batchSize, random) => ({ images: random.normal('images', [batchSize, 8, 12, 3]) as tf.Tensor4D }),
    );
    expect(good.spec.contract).toBe(1);
  });

  it('says when the input does not come from the random that it hands out', async () => {
    const makeInput = (batchSize: number) => tf.randomNormal([batchSize, 8, 12, 3]) as tf.Tensor4D;
    await expect(checkBackbone(tinyBackbone, makeInput)).rejects.toThrow(
      'makeInput must draw its values from the random that it is given, so that a batch of 3 begins with the image of a batch of 1; found',
    );
  });

  it('lets tables be that are declared, and tensors of equal numbers', async () => {
    await check(
      withTokens((tokens) =>
        tf.add(tf.mul(tokens, tf.ones([1, 6, 8])), constantTensor(tf.range(0, 1, 1 / 8).reshape([1, 1, 8]))),
      ),
    );
    await check(
      withTokens((tokens) => tf.add(tokens, constantTensor(tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8])))),
    );
    expect(Object.hasOwn(tf.backend(), 'constantTensor')).toBe(false);
  });

  it('lets images of another size be that are brought to the right one', async () => {
    await check((good) => ({
      apply: (images, pass) => good.apply(tf.image.resizeBilinear(images, [8, 12]), pass),
    }));
  });

  it('lets variables be that are not trainable', async () => {
    await check(extra('mean', () => tf.variable(tf.ones([1]), false)));
  });

  it('gives the engine back as it was when a promise is broken', async () => {
    const { readSync, runKernel, state } = tf.engine();
    const scope = state.activeScope;
    await check(withTokens((tokens) => tf.mul(tokens, tokens.dataSync().length))).catch(() => undefined);
    await check(withTokens((tokens) => tf.add(tokens, tf.range(0, 8).reshape([8, 1])))).catch(
      () => undefined,
    );
    expect(tf.engine().readSync).toBe(readSync);
    expect(tf.engine().runKernel).toBe(runKernel);
    expect(tf.engine().state.activeScope).toBe(scope);
  });
});
