import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  disposeVariables,
  evaluationPass,
  type Features,
  loadVariables,
  readVariables,
  type TokenMap,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { swin } from './swin.js';

// 3 x 5 tokens, then 2 x 3: windows are shifted, padded and masked, and the merging pads.
const options = {
  imageSize: { height: 6, width: 10 },
  patchSize: 2,
  windowSize: 2,
  channels: 4,
  depths: [2, 2],
  heads: [2, 2],
};
const images = (batch = 2) =>
  createRandom({ seed: 5, step: 0 }).normal('images', [batch, 6, 10, 3]) as tf.Tensor4D;
const host = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: tensor.dataSync() });
const tokensOf = ({ stages }: Features, stage: number) => (stages[stage] as TokenMap).tokens;

it('drops no branch of the first block, and those of the last at the full rate', async () => {
  const dropping = swin({ ...options, depths: [1, 1], dropPath: 0.99 });
  const silent = swin({ ...options, depths: [1, 1] });
  loadVariables(silent.variables, await readVariables(dropping.variables));
  for (const [path, variable] of Object.entries(silent.variables))
    if (/^stages\.1\..*(attention\.projection|mlp\.output)/.test(path))
      tf.tidy(() => variable.assign(tf.zerosLike(variable)));
  tf.tidy(() => {
    // Seed 3 drops both branches of all four samples in the last block: what leads into the stage is left.
    const dropped = dropping.apply(images(4), trainingPass({ seed: 3, step: 0 }));
    const whole = silent.apply(images(4), evaluationPass());
    for (const stage of [0, 1]) expectClose(tokensOf(dropped, stage), host(tokensOf(whole, stage)), 1e-5);
  });
  disposeVariables(dropping.variables);
  disposeVariables(silent.variables);
});

it('hands over tokens of mean 0 and variance 1 from every stage, and their average after the last', () => {
  const backbone = swin(options);
  tf.tidy(() => {
    const features = backbone.apply(images(), evaluationPass());
    for (const { tokens } of features.stages) {
      const { mean, variance } = tf.moments(tokens, -1);
      expect(tf.max(tf.abs(mean)).dataSync()[0]).toBeLessThan(1e-5);
      expect(tf.max(tf.abs(tf.sub(variance, 1))).dataSync()[0]).toBeLessThan(0.1); // epsilon shows on small tokens
    }
    expectClose(features.pooled as tf.Tensor, host(tf.mean(tokensOf(features, 1), 1)), 1e-6);
  });
  disposeVariables(backbone.variables);
});

describe.each([
  ['merged stages', {}],
  ['a last stage that keeps the grid', { mergeLastStage: false }],
  ['no relative position bias', { relativePositionBias: false }],
] as const)('a Swin with %s', (_, variant) => {
  /** A small Swin whose values are all of order one, so that no gradient is lost in rounding or in curvature. */
  const model = () => {
    const backbone = swin({ ...options, ...variant, dropPath: 0.3 });
    const random = createRandom({ seed: 2, step: 0 });
    tf.tidy(() => {
      for (const [path, variable] of Object.entries(backbone.variables))
        variable.assign(tf.mul(random.normal(path, variable.shape), 0.5));
    });
    return backbone;
  };
  const pass = trainingPass({ seed: 1, step: 0 });

  /** A number that depends on every token of every stage and on the pooled vector. */
  const measure = ({ stages, pooled }: Features): tf.Scalar => {
    const random = createRandom({ seed: 9, step: 0 });
    const parts = [...stages.map(({ tokens }) => tokens), pooled as tf.Tensor2D].map((tensor, index) =>
      tf.mean(tf.mul(tensor, random.normal(`${index}`, tensor.shape))),
    );
    return tf.addN(parts) as tf.Scalar;
  };

  it('has the gradients that differences give, for the image and every variable', () => {
    const backbone = model();
    tf.tidy(() => {
      const batch = tf.variable(images());
      const { grads } = tf.variableGrads(() => measure(backbone.apply(batch, pass)));
      for (const [path, variable] of Object.entries({ ...backbone.variables, images: batch })) {
        const gradient = (grads[variable.name] as tf.Tensor).dataSync<'float32'>();
        const values = Float32Array.from(variable.dataSync());
        const largest = gradient.reduce(
          (best, value, at) => (Math.abs(value) > Math.abs(gradient[best] ?? 0) ? at : best),
          0,
        );
        const at = (offset: number) => {
          const moved = Float32Array.from(values);
          moved[largest] = (values[largest] ?? 0) + offset;
          variable.assign(tf.tensor(moved, variable.shape));
          return measure(backbone.apply(batch, pass)).dataSync()[0] ?? Number.NaN;
        };
        const difference = (at(0.01) - at(-0.01)) / 0.02;
        variable.assign(tf.tensor(values, variable.shape));
        const scale = Math.max(1e-2, Math.abs(difference));
        expect(Math.abs(difference - (gradient[largest] ?? Number.NaN)) / scale, path).toBeLessThan(2e-2);
      }
      batch.dispose();
    });
    disposeVariables(backbone.variables);
  });

  it('leaves no tensors behind but its variables', () => {
    const before = tf.memory().numTensors;
    const backbone = model();
    tf.tidy(() => tf.variableGrads(() => measure(backbone.apply(images(), pass))).value.shape);
    expect(tf.memory().numTensors).toBe(before + Object.keys(backbone.variables).length);
    disposeVariables(backbone.variables);
    expect(tf.memory().numTensors).toBe(before);
  });
});
