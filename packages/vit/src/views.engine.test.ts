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
import { maskedKeys } from './masked-keys.js';
import { partialEncoding } from './partial-encoding.js';
import { type Vit, vit } from './vit.js';
import { withoutEncoding } from './without-encoding.js';

const options = { imageSize: { height: 4, width: 8 }, patchSize: 2, channels: 8, depth: 2, heads: 2 };
const images = () => createRandom({ seed: 5, step: 0 }).normal('images', [3, 4, 8, 3]) as tf.Tensor4D;
const stageOf = (features: Features) => features.stages[0] as TokenMap;
const host = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: tensor.dataSync() });

/** Runs a test with a ViT and frees it. */
function withVit(run: (whole: Vit) => void, others: Partial<Parameters<typeof vit>[0]> = {}): void {
  const whole = vit({ ...options, ...others });
  tf.tidy(() => run(whole));
  disposeVariables(whole.variables);
}

describe('withoutEncoding', () => {
  it('equals a ViT that never had one, and has all its other variables', () => {
    withVit((whole) => {
      const never = vit({ ...options, positionEncoding: 'none' });
      const view = withoutEncoding(whole);
      expect(view.spec).toEqual(never.spec);
      expect(view.settings).toEqual(never.settings);
      expect(Object.keys(view.variables)).toEqual(Object.keys(never.variables));
      for (const [path, variable] of Object.entries(view.variables))
        expect(variable).toBe(whole.variables[path]);
      const expected = never.apply(images(), evaluationPass());
      const actual = view.apply(images(), evaluationPass());
      expectClose(stageOf(actual).tokens, host(stageOf(expected).tokens), 0);
      expectClose(actual.pooled as tf.Tensor, host(expected.pooled as tf.Tensor), 0);
      disposeVariables(never.variables);
    });
  });

  it('leaves the order of the patches without a meaning', () => {
    withVit((whole) => {
      const view = withoutEncoding(whole);
      const mirrored = tf.concat(tf.split(images(), 4, 2).reverse(), 2) as tf.Tensor4D; // patch columns exchanged
      const sums = [images(), mirrored].map((each) =>
        tf.sum(stageOf(view.apply(each, evaluationPass())).tokens, 1),
      );
      expectClose(sums[1] as tf.Tensor, host(sums[0] as tf.Tensor), 1e-5);
    });
  });
});

describe('maskedKeys', () => {
  it('hands over every position once, in an order of each image and step of its own', () => {
    withVit((whole) => {
      const view = maskedKeys(whole, { keepRatio: 0.5 });
      const positions = (step: number) =>
        stageOf(view.apply(images(), trainingPass({ seed: 1, step }))).positions.arraySync();
      for (const image of positions(0))
        expect([...image].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(new Set(positions(0).map(String)).size).toBe(3);
      expect(positions(0)).toEqual(positions(0));
      expect(positions(0)).not.toEqual(positions(1));
    });
  });

  it('with keepRatio 1 is the whole ViT in another order', () => {
    withVit((whole) => {
      const tokens = stageOf(whole.apply(images(), evaluationPass())).tokens.arraySync();
      const actual = stageOf(maskedKeys(whole, { keepRatio: 1 }).apply(images(), evaluationPass()));
      const expected = actual.positions
        .arraySync()
        .map((places, image) => places.map((place) => tokens[image]?.[place] as number[]));
      expectClose(actual.tokens, { shape: [3, 8, 8], values: expected.flat(2) }, 1e-5);
    });
  });

  it('gives the kept tokens what a masked ViT of the same draw gives them', () => {
    withVit((whole) => {
      const pass = trainingPass({ seed: 3, step: 1 });
      const few = masked(whole, { keepRatio: 0.5 }).apply(images(), pass);
      const all = maskedKeys(whole, { keepRatio: 0.5 }).apply(images(), pass);
      const kept = tf.slice(stageOf(all).tokens, [0, 0, 0], [3, 4, 8]);
      expectClose(kept, host(stageOf(few).tokens), 1e-5);
      expectClose(all.pooled as tf.Tensor, host(few.pooled as tf.Tensor), 1e-5);
    });
  });
});

describe('partialEncoding', () => {
  it('says what it hands over, and tells as many positions as it says', () => {
    withVit((whole) => {
      const view = partialEncoding(whole, { keepRatio: 0.75, givenRatio: 0.5 });
      expect(view.spec).toEqual({
        ...whole.spec,
        stages: [{ grid: { rows: 2, columns: 4 }, channels: 8, length: 6 }],
        positionEncoding: 'partial',
      });
      const stage = stageOf(view.apply(images(), trainingPass({ seed: 1, step: 0 })));
      expect(tf.sum(stage.positionGiven as tf.Tensor, 1).arraySync()).toEqual([3, 3, 3]);
      view.variables.unknownPosition?.dispose();
    });
  });

  it('tells every position equally often in the long run', () => {
    withVit((whole) => {
      const view = partialEncoding(whole, { keepRatio: 0.5, givenRatio: 0.5 });
      const many = tf.zeros<tf.Rank.R4>([400, 4, 8, 3]);
      const { positions, positionGiven } = stageOf(view.apply(many, trainingPass({ seed: 1, step: 0 })));
      const given = positionGiven?.arraySync() ?? [];
      const counts = new Array<number>(8).fill(0);
      positions.arraySync().forEach((places, image) => {
        for (const [token, place] of places.entries())
          counts[place] = (counts[place] ?? 0) + (given[image]?.[token] ?? Number.NaN);
      });
      // 400 draws with a chance of 1/4 each: 100 ± 8.7, within five deviations.
      expect(Math.min(...counts)).toBeGreaterThan(56);
      expect(Math.max(...counts)).toBeLessThan(144);
      view.variables.unknownPosition?.dispose();
    });
  });

  it('adds the encoding only where a position was told', () => {
    withVit((whole) => {
      const view = partialEncoding(whole, { keepRatio: 1, givenRatio: 0.5 });
      const blank = tf.zeros<tf.Rank.R4>([1, 4, 8, 3]);
      const { tokens } = stageOf(view.apply(blank, trainingPass({ seed: 1, step: 0 })));
      const [told, untold] = tf.split(tokens, 2, 1) as [tf.Tensor3D, tf.Tensor3D];
      const spread = (some: tf.Tensor3D) =>
        tf.max(tf.abs(tf.sub(some, tf.slice(some, [0, 0, 0], [1, 1, 8])))).dataSync()[0] ?? Number.NaN;
      expect(spread(told)).toBeGreaterThan(1e-3);
      expect(spread(untold)).toBeLessThan(1e-5);
      view.variables.unknownPosition?.dispose();
    });
  });

  it('refuses what leaves nothing to find out, in a sentence', () => {
    withVit((whole) => {
      expect(() => partialEncoding(whole, { givenRatio: 1, keepRatio: 1 })).toThrow(
        'givenRatio 1 tells the positions of all 8 kept patches, which leaves none to find out; give a smaller share.',
      );
      expect(() => partialEncoding(whole, { keepRatio: 0.25, givenRatio: 0.25 })).toThrow(
        'givenRatio 0.25 keeps none of the 2 patches; a share of 0.5 keeps one.',
      );
      expect(() => partialEncoding(withoutEncoding(whole))).toThrow(
        "partialEncoding tells some patches their positions, but this ViT has positionEncoding: 'none'; give it 'learned' or 'sine-cosine'.",
      );
      expect(() => maskedKeys(whole, { keepRatio: 0 })).toThrow(
        'keepRatio is 0, but is a share of the patches',
      );
    });
  });
});
