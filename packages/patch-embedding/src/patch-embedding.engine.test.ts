import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { patchEmbedding } from './patch-embedding.js';
import { patchify } from './patchify.js';

const random = createRandom({ seed: 0, step: 0 });

describe('patchEmbedding', () => {
  it('computes what a convolution with the patch as its stride computes', async () => {
    // Convolution on the host, from its definition: the reference has no code in common with the layer.
    const [height, width, patchSize, inputChannels, channels] = [4, 6, 2, 3, 5] as const;
    const embedding = patchEmbedding({ patchSize, inputChannels, channels, random });
    const images = random.normal('images', [2, height, width, inputChannels]) as tf.Tensor4D;
    const tokens = tf.tidy(() => embedding.apply(patchify(images, patchSize)));
    const pixels = await images.data();
    const weight = await (embedding.variables.weight as tf.Tensor).data();
    const expected: number[] = [];
    for (const image of [0, 1])
      for (let top = 0; top < height; top += patchSize)
        for (let left = 0; left < width; left += patchSize)
          for (let output = 0; output < channels; output += 1) {
            let sum = 0;
            for (let row = 0; row < patchSize; row += 1)
              for (let column = 0; column < patchSize; column += 1)
                for (let input = 0; input < inputChannels; input += 1) {
                  const pixel =
                    ((image * height + top + row) * width + left + column) * inputChannels + input;
                  const tap = ((row * patchSize + column) * inputChannels + input) * channels + output;
                  sum += (pixels[pixel] ?? Number.NaN) * (weight[tap] ?? Number.NaN);
                }
            expected.push(sum);
          }
    expectClose(tokens, { shape: [2, 6, channels], values: expected }, 1e-5);
    tf.dispose([images, tokens]);
  });

  it('starts within 1 / √inputs, with a bias of zero', async () => {
    const { weight, bias } = patchEmbedding({ patchSize: 4, channels: 32, random }).variables;
    const values = Array.from(await (weight as tf.Tensor).data());
    expect(weight?.shape).toEqual([48, 32]);
    const largest = Math.max(...values.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(48));
    expect(largest).toBeGreaterThan(0.99 / Math.sqrt(48));
    expect(Array.from(await (bias as tf.Tensor).data())).toEqual(new Array(32).fill(0));
  });
});
