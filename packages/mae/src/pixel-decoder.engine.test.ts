import * as tf from '@tensorflow/tfjs-core';
import { checkHead, exampleSpecs, randomImages } from '@whereabouts/conformance';
import {
  disposeVariables,
  type FeatureSpec,
  gatherVariables,
  positionCount,
  type StageSpec,
  trainingPass,
} from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { masked, vit } from '@whereabouts/vit';
import { describe, expect, it } from 'vitest';
import { pixelDecoder } from './pixel-decoder.js';

const small = { channels: 8, depth: 1, heads: 2 };
const inPart = exampleSpecs.filter(({ stages }) =>
  stages.every(({ grid, length }) => length < positionCount(grid)),
);
const [part] = inPart as [FeatureSpec];

describe('pixelDecoder', () => {
  for (const target of ['plain', 'normalised'] as const)
    it(`keeps the promises of a head with ${target} pixels`, async () => {
      expect(inPart.length).toBeGreaterThan(1);
      for (const spec of inPart) {
        const { rows, columns } = (spec.stages[0] as StageSpec).grid;
        const images = randomImages({ height: 2 * rows, width: 2 * columns });
        await checkHead(
          (given, seed) => pixelDecoder({ spec: given, patchSize: 2, target, seed, ...small }) as never,
          { specs: [spec], makeBatch: (batchSize, random) => ({ images: images(batchSize, random) }) },
        );
      }
    });

  it('learns to paint a gradient beside position labels, on a ViT without an encoding', () => {
    const whole = vit({
      imageSize: 8,
      patchSize: 2,
      channels: 16,
      depth: 2,
      heads: 2,
      positionEncoding: 'none',
    });
    const backbone = masked(whole, { keepRatio: 0.25 });
    const { spec } = backbone;
    const decoder = pixelDecoder({ spec, patchSize: 2, channels: 16, depth: 1, heads: 2 });
    const [absolute, relative] = [absolutePositions({ spec }), relativePositions({ spec })];
    const variables = gatherVariables({ backbone, decoder, absolute, relative });
    const optimiser = tf.train.adam(0.01);
    const ramp = tf.tidy(() => {
      const line = tf.linspace(-1, 1, 8);
      const plane = tf.add(tf.reshape(line, [1, 8, 1, 1]), tf.mul(tf.reshape(line, [1, 1, 8, 1]), 0.5));
      return tf.tile(plane, [8, 1, 1, 3]) as tf.Tensor4D;
    });
    const lossAt = (step: number) =>
      tf.tidy(() => {
        const pass = trainingPass({ seed: 0, step });
        let painted = 0;
        optimiser.minimize(
          () => {
            const features = backbone.apply(ramp, pass);
            const { loss } = decoder.loss(features, { images: ramp }, pass);
            painted = loss.dataSync()[0] as number;
            const labels = tf.add(
              absolute.loss(features, {}, pass).loss,
              relative.loss(features, {}, pass).loss,
            );
            return tf.add(loss, tf.mul(labels, 0.1)) as tf.Scalar;
          },
          false,
          Object.values(variables),
        );
        return painted;
      });
    const losses = Array.from({ length: 40 }, (_, step) => lossAt(step));
    expect(losses[0]).toBeGreaterThan(0.3);
    expect(losses.at(-1)).toBeLessThan(0.03);
    optimiser.dispose();
    disposeVariables(variables);
    ramp.dispose();
  });

  it('says what does not fit', () => {
    const make =
      (options: object, spec: FeatureSpec = part) =>
      () =>
        pixelDecoder({ spec, patchSize: 2, ...small, ...options });
    const whole = {
      ...part,
      stages: part.stages.map((stage) => ({ ...stage, length: positionCount(stage.grid) })),
    };
    const single = { ...part, stages: [{ grid: { rows: 1, columns: 1 }, channels: 8, length: 1 }] };
    expect(make({}, whole)).toThrow('this one sees all 15. Give it the spec of a masked backbone');
    expect(make({}, single)).toThrow('needs a grid of two patches at least');
    expect(make({ channels: 6 })).toThrow('got 6 channels and 2 heads; expected channels that 4');
    expect(make({ depth: 0 })).toThrow('got depth: 0; expected a whole number above 0');
    const decoder = make({})();
    const tokens = tf.zeros<tf.Rank.R3>([1, 6, 8]);
    const positions = tf.tensor2d([[0, 1, 2, 3, 4, 5]], [1, 6], 'int32');
    const features = {
      stages: [{ tokens, positions, grid: { rows: 3, columns: 5 } }],
      pooled: tf.zeros<tf.Rank.R2>([1, 8]),
    };
    const images = tf.zeros<tf.Rank.R4>([1, 8, 8, 3]);
    expect(() => decoder.loss(features, { images }, trainingPass({ seed: 0, step: 0 }))).toThrow(
      'made for images of 6 x 10 px (height x width) with 3 channels, 3 x 5 patches of 2 px, but was given 8 x 8 px with 3',
    );
    disposeVariables(decoder.variables);
    tf.dispose([tokens, positions, features.pooled, images]);
  });
});
