import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  disposeVariables,
  evaluationPass,
  type Features,
  loadVariables,
  readVariables,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { vit } from './vit.js';

const options = { imageSize: { height: 4, width: 6 }, patchSize: 2, channels: 8, depth: 2, heads: 2 };
const images = (batch = 2) =>
  createRandom({ seed: 5, step: 0 }).normal('images', [batch, 4, 6, 3]) as tf.Tensor4D;
const tokensOf = (features: Features) => features.stages[0]?.tokens as tf.Tensor3D;
const host = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: tensor.dataSync() });

describe('a ViT while training', () => {
  it('drops no branch of the first block, and those of the last at the full rate', async () => {
    const rate = 0.99;
    const deep = vit({ ...options, dropPath: rate });
    const shallow = vit({ ...options, depth: 1 });
    loadVariables(shallow.variables, await readVariables(deep.variables), { partial: true });
    tf.tidy(() => {
      // Seed 3 drops both branches of all four samples, as 92 of 100 seeds do; what is left is the first block.
      const dropped = tokensOf(deep.apply(images(4), trainingPass({ seed: 3, step: 0 })));
      expectClose(dropped, host(tokensOf(shallow.apply(images(4), evaluationPass()))), 1e-5);
    });
    disposeVariables(deep.variables);
    disposeVariables(shallow.variables);
  });

  it('draws by seed and step, and nothing in evaluation', () => {
    const backbone = vit({ ...options, dropPath: 0.5 });
    tf.tidy(() => {
      const at = (seed: number, step: number) =>
        Array.from(tokensOf(backbone.apply(images(8), trainingPass({ seed, step }))).dataSync());
      expect(at(1, 2)).toEqual(at(1, 2));
      expect(at(1, 2)).not.toEqual(at(1, 3));
      expect(at(1, 2)).not.toEqual(at(2, 2));
      const evaluate = (seed: number) => {
        const pass = { training: false, random: createRandom({ seed, step: 0 }) };
        return Array.from(tokensOf(backbone.apply(images(8), pass)).dataSync());
      };
      expect(evaluate(1)).toEqual(evaluate(2));
    });
    disposeVariables(backbone.variables);
  });
});

describe('a ViT without an encoding', () => {
  it('does not notice the order of the patches', () => {
    const backbone = vit({ ...options, positionEncoding: 'none', pooling: 'average' });
    tf.tidy(() => {
      const patches = backbone.patchify(images());
      const reversed = tf.reverse(patches, 1);
      const positions = tf.zeros<tf.Rank.R2>([2, 6], 'int32');
      const encode = (some: tf.Tensor3D) =>
        backbone.encode(backbone.embed(some, backbone.positionEncoding.rows()), positions, evaluationPass());
      const straight = encode(patches);
      const backwards = encode(reversed);
      expectClose(tf.reverse(tokensOf(backwards), 1), host(tokensOf(straight)), 1e-5);
      expectClose(backwards.pooled as tf.Tensor, host(straight.pooled as tf.Tensor), 1e-5);
    });
    disposeVariables(backbone.variables);
  });
});

describe.each([
  ['a class token', {}],
  ['average pooling', { pooling: 'average' }],
  ['average pooling beside a class token', { pooling: 'average', classToken: true }],
  ['a sine-cosine encoding', { positionEncoding: 'sine-cosine' }],
  ['a conditional encoding', { positionEncoding: 'conditional' }],
  [
    'a distillation token, registers and layer scales',
    { distillationToken: true, registers: 2, layerScale: 1 },
  ],
] as const)('a ViT with %s', (_, variant) => {
  /** A small ViT whose values are all of order one, so that no gradient is lost in rounding or in curvature. */
  const backbone = () => {
    const model = vit({ ...options, ...variant, dropPath: 0.3 });
    const random = createRandom({ seed: 2, step: 0 });
    tf.tidy(() => {
      for (const [path, variable] of Object.entries(model.variables))
        variable.assign(tf.mul(random.normal(path, variable.shape), 0.5));
    });
    return model;
  };
  const pass = trainingPass({ seed: 1, step: 0 });

  /** A number that depends on every token and on the vectors. */
  const measure = (features: Features): tf.Scalar => {
    const random = createRandom({ seed: 9, step: 0 });
    const tokens = tokensOf(features);
    const { pooled, distilled } = features;
    const parts = Object.entries({ tokens, pooled, distilled }).flatMap(([name, part]) =>
      part === undefined ? [] : [tf.mean(tf.mul(part, random.normal(name, part.shape)))],
    );
    return tf.addN(parts) as tf.Scalar;
  };

  it('has the gradients that differences give, for the image and every variable', () => {
    const model = backbone();
    tf.tidy(() => {
      expectGradientOfDifferences((x) => measure(model.apply(x as tf.Tensor4D, pass)), images(1));
      const batch = images();
      const { grads } = tf.variableGrads(() => measure(model.apply(batch, pass)));
      for (const [path, variable] of Object.entries(model.variables)) {
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
          return measure(model.apply(batch, pass)).dataSync()[0] ?? Number.NaN;
        };
        const difference = (at(0.01) - at(-0.01)) / 0.02;
        variable.assign(tf.tensor(values, variable.shape));
        const scale = Math.max(1e-2, Math.abs(difference));
        expect(Math.abs(difference - (gradient[largest] ?? Number.NaN)) / scale, path).toBeLessThan(1e-2);
        expect(Math.abs(difference), path).toBeGreaterThan(1e-4);
      }
    });
    disposeVariables(model.variables);
  });

  it('leaves no tensors behind but its variables', () => {
    const before = tf.memory().numTensors;
    const model = backbone();
    expect(tf.memory().numTensors).toBe(before + Object.keys(model.variables).length);
    tf.tidy(() => tf.variableGrads(() => measure(model.apply(images(), pass))).value.shape);
    expect(tf.memory().numTensors).toBe(before + Object.keys(model.variables).length);
    disposeVariables(model.variables);
    expect(tf.memory().numTensors).toBe(before);
  });
});
