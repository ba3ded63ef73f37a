import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, evaluationPass, type TokenMap } from '@whereabouts/layers';
import { patchify, unpatchify } from '@whereabouts/patch-embedding';
import { masked, vit } from '@whereabouts/vit';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { pixelDecoder } from './pixel-decoder.js';
import { pixelTargets } from './pixel-targets.js';
import { reconstruct } from './reconstruct.js';

const grid = { rows: 2, columns: 3 };
const images = () => tf.randomNormal<tf.Rank.R4>([2, 8, 12, 3], 0, 1, 'float32', 3);

describe('reconstruct', () => {
  it.each(['plain', 'normalised'] as const)('keeps what was seen and fills the rest, %s pixels', (target) => {
    const whole = vit({ imageSize: { height: 8, width: 12 }, patchSize: 4, channels: 8, depth: 1, heads: 2 });
    const backbone = masked(whole, { keepRatio: 0.5 });
    const decoder = pixelDecoder({
      spec: backbone.spec,
      patchSize: 4,
      target,
      channels: 8,
      depth: 1,
      heads: 2,
    });
    tf.tidy(() => {
      const given = images();
      const features = backbone.apply(given, evaluationPass());
      const kept = (features.stages[0] as TokenMap).positions.arraySync();
      const { visible, painted, completed } = reconstruct(decoder, features, given);
      const numbersOf = (picture: tf.Tensor4D) => tf.add(patchify(picture, 4), 0).arraySync(); // -0 becomes 0
      const [original, seen, paint, all] = [given, visible, painted, completed].map(numbersOf) as [
        number[][][],
        number[][][],
        number[][][],
        number[][][],
      ];
      for (const image of [0, 1])
        for (let position = 0; position < 6; position += 1) {
          const isKept = kept[image]?.includes(position);
          const nothing = original[image]?.[position]?.map(() => 0);
          expect(seen[image]?.[position]).toEqual(isKept ? original[image]?.[position] : nothing);
          expect(all[image]?.[position]).toEqual(
            isKept ? original[image]?.[position] : paint[image]?.[position],
          );
        }
    });
    disposeVariables(backbone.variables);
    disposeVariables(decoder.variables);
  });
});

describe('pixelTargets', () => {
  it('have mean 0 and unbiased variance 1 when normalised, and lead back to the pixels', () => {
    tf.tidy(() => {
      const patches = patchify(images(), 4);
      const { of, toPixels } = pixelTargets.normalised;
      const target = of(patches);
      const numbers = patches.shape[2];
      const means = tf.mean(target, -1);
      const variances = tf.div(tf.sum(tf.square(target), -1), numbers - 1);
      expectClose(means, { shape: [2, 6], values: new Float32Array(12) }, 1e-5, 1);
      expectClose(variances, { shape: [2, 6], values: new Float32Array(12).fill(1) }, 1e-4);
      const back = unpatchify(toPixels(target, patches), { grid, patchSize: 4 });
      const given = images();
      expectClose(back, { shape: given.shape, values: given.dataSync() }, 1e-5);
    });
  });
});
