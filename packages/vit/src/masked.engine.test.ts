import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  disposeVariables,
  evaluationPass,
  type Features,
  type TokenMap,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { masked } from './masked.js';
import { visibleFeatures } from './visible-features.js';
import { vit } from './vit.js';

const options = { imageSize: { height: 8, width: 16 }, patchSize: 2, channels: 8, depth: 2, heads: 2 };
const positions = 4 * 8;
const images = (batch = 3) =>
  createRandom({ seed: 5, step: 0 }).normal('images', [batch, 8, 16, 3]) as tf.Tensor4D;
const stageOf = (features: Features) => features.stages[0] as TokenMap;
const host = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: tensor.dataSync() });
const keptBy = (features: Features) => stageOf(features).positions.arraySync();

describe('a masked ViT', () => {
  it('says what it hands over, and hands that over', () => {
    const whole = vit(options);
    const view = masked(whole, { keepRatio: 0.3 }); // 9.6 patches: 9
    expect(view.spec).toEqual({
      ...whole.spec,
      stages: [{ grid: { rows: 4, columns: 8 }, channels: 8, length: 9 }],
    });
    expect(view.variables).toBe(whole.variables);
    expect(view.undecayed).toBe(whole.undecayed);
    tf.tidy(() => {
      const features = view.apply(images(), trainingPass({ seed: 1, step: 0 }));
      const stage = stageOf(features);
      expect(stage.tokens.shape).toEqual([3, 9, 8]);
      expect(stage.grid).toEqual({ rows: 4, columns: 8 });
      expect(stage.positions.dtype).toBe('int32');
      expect(features.pooled?.shape).toEqual([3, 8]);
      for (const kept of keptBy(features)) {
        expect(new Set(kept).size).toBe(9);
        expect(Math.min(...kept)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...kept)).toBeLessThan(positions);
      }
    });
    disposeVariables(whole.variables);
  });

  it('keeps other patches for each image, seed and step, and the same ones for the same', () => {
    const whole = vit(options);
    const view = masked(whole, { keepRatio: 0.5 });
    tf.tidy(() => {
      const at = (seed: number, step: number) => keptBy(view.apply(images(), trainingPass({ seed, step })));
      expect(at(1, 2)).toEqual(at(1, 2));
      expect(at(1, 2)).not.toEqual(at(1, 3));
      expect(at(1, 2)).not.toEqual(at(2, 2));
      expect(new Set(at(1, 2).map(String)).size).toBe(3);
    });
    disposeVariables(whole.variables);
  });

  it('keeps every position equally often in the long run', () => {
    const whole = vit({ ...options, depth: 1 });
    const view = masked(whole, { keepRatio: 0.25 });
    const counts = new Array<number>(positions).fill(0);
    tf.tidy(() => {
      const { random, training } = trainingPass({ seed: 1, step: 0 });
      for (const position of keptBy(view.apply(images(400), { random, training })).flat())
        counts[position] = (counts[position] ?? 0) + 1;
    });
    // 400 draws with a chance of 1/4 each: 100 ± 8.7, so five deviations leave this at one in ten thousand seeds.
    expect(Math.min(...counts)).toBeGreaterThan(56);
    expect(Math.max(...counts)).toBeLessThan(144);
    disposeVariables(whole.variables);
  });

  it('keeps the same patches in evaluation whatever the seed, and for the n-th image whatever the batch', () => {
    const whole = vit(options);
    const view = masked(whole, { keepRatio: 0.5 });
    tf.tidy(() => {
      const evaluate = (seed: number, batch: number) =>
        keptBy(view.apply(images(batch), { training: false, random: createRandom({ seed, step: seed }) }));
      expect(evaluate(1, 3)).toEqual(evaluate(2, 3));
      expect(evaluate(1, 2)).toEqual(evaluate(1, 3).slice(0, 2));
      expect(new Set(evaluate(1, 3).map(String)).size).toBe(3);
    });
    disposeVariables(whole.variables);
  });

  it.each(['learned', 'sine-cosine', 'conditional', 'none'] as const)(
    'with keepRatio 1 equals the whole ViT up to the order of the tokens (encoding %s)',
    (positionEncoding) => {
      const whole = vit({ ...options, positionEncoding });
      tf.tidy(() => {
        const expected = whole.apply(images(), evaluationPass());
        const tokens = stageOf(expected).tokens.arraySync();
        const actual = masked(whole, { keepRatio: 1 }).apply(images(), evaluationPass());
        const kept = keptBy(actual);
        expect(kept).not.toEqual(keptBy(expected));
        const permuted = kept.map((places, image) =>
          places.map((place) => tokens[image]?.[place] as number[]),
        );
        expectClose(stageOf(actual).tokens, { shape: [3, 32, 8], values: permuted.flat(2) }, 1e-5);
        expectClose(actual.pooled as tf.Tensor, host(expected.pooled as tf.Tensor), 1e-5);
      });
      disposeVariables(whole.variables);
    },
  );

  it('lets only the kept patches into the encoder', async () => {
    const whole = vit(options);
    const view = masked(whole, { keepRatio: 0.25 });
    const [batch, keep] = [3, 8];
    const { kernels } = await tf.profile(() =>
      tf.tidy(() => stageOf(view.apply(images(batch), evaluationPass())).tokens),
    );
    const products = kernels.filter(({ name }) => name.includes('MatMul'));
    expect(products.length).toBeGreaterThan(8);
    const rows = new Set(products.map(({ outputShapes }) => outputShapes[0]?.at(-2)));
    expect(rows).toEqual(new Set([batch * keep, batch * (keep + 1), keep + 1]));
    disposeVariables(whole.variables);
  });

  it('does not depend on the pixels that it does not keep', () => {
    const whole = vit(options);
    tf.tidy(() => {
      const places = tf.tensor2d([5, 0, 31], [1, 3], 'int32');
      const expected = stageOf(visibleFeatures(whole, images(1), places, evaluationPass())).tokens;
      // Zero all pixels but those of the patches at (0, 0), (0, 5) and (3, 7).
      const kept = tf.buffer([1, 8, 16, 3]);
      for (const [row, column] of [
        [0, 0],
        [0, 5],
        [3, 7],
      ] as const)
        for (let pixel = 0; pixel < 12; pixel += 1)
          kept.set(
            1,
            0,
            2 * row + Math.floor(pixel / 6),
            2 * column + (Math.floor(pixel / 3) % 2),
            pixel % 3,
          );
      const blanked = tf.mul(images(1), kept.toTensor()) as tf.Tensor4D;
      const actual = stageOf(visibleFeatures(whole, blanked, places, evaluationPass())).tokens;
      expectClose(actual, host(expected), 0);
    });
    disposeVariables(whole.variables);
  });

  it('sends a gradient to every variable, and leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const whole = vit({ ...options, dropPath: 0.1 });
    const view = masked(whole, { keepRatio: 0.5 });
    tf.tidy(() => {
      const random = createRandom({ seed: 9, step: 0 });
      const { grads } = tf.variableGrads(() => {
        const { tokens } = stageOf(view.apply(images(), trainingPass({ seed: 1, step: 0 })));
        return tf.sum(tf.mul(tokens, random.normal('tokens', tokens.shape))).asScalar();
      });
      for (const [path, variable] of Object.entries(view.variables))
        expect(tf.max(tf.abs(grads[variable.name] as tf.Tensor)).dataSync()[0], path).toBeGreaterThan(0);
    });
    disposeVariables(whole.variables);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a share that is none, or that keeps nothing', () => {
    const whole = vit({ ...options, depth: 1 });
    for (const keepRatio of [0, -0.5, 1.5, Number.NaN])
      expect(() => masked(whole, { keepRatio })).toThrow(
        `keepRatio is ${keepRatio}, but is a share of the patches`,
      );
    expect(() => masked(whole, { keepRatio: 0.03 })).toThrow(
      'keepRatio 0.03 keeps none of the 32 patches; a share of 0.032 keeps one.',
    );
    expect(masked(whole, { keepRatio: 0.032 }).spec.stages[0]?.length).toBe(1);
    disposeVariables(whole.variables);
  });
});
