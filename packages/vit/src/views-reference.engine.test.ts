import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  disposeVariables,
  type Features,
  loadVariables,
  type Pass,
  type TokenMap,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { timmImages, timmTensors } from '../testing/timm-reference.js';
import { maskedKeys } from './masked-keys.js';
import { partialEncoding } from './partial-encoding.js';
import { type Vit, vit } from './vit.js';
import { withoutEncoding } from './without-encoding.js';

interface Plain {
  readonly shape: number[];
  readonly values: number[];
}

interface ViewCase {
  readonly tokens: Plain;
  readonly pooled: Plain;
  readonly gradients: Readonly<Record<string, Plain>>;
}

interface Cases
  extends Readonly<Record<'noise' | 'unknownPosition' | 'tokenWeights' | 'pooledWeights', Plain>> {
  readonly keep: number;
  readonly given: number;
  readonly partialEncoding: ViewCase;
  readonly maskedKeys: ViewCase;
}

const reference: Cases = JSON.parse(readFileSync(new URL('../fixtures/views.json', import.meta.url), 'utf8'));
const fixture = 'vit-class-token';
const tensorOf = ({ shape, values }: Plain) => tf.tensor(values, shape);
const batch = reference.noise.shape[0] as number;

/** A pass that draws the reference's noise. */
const pass: Pass = {
  training: true,
  random: {
    ...createRandom({ seed: 0, step: 0 }),
    uniform: () => tensorOf(reference.noise),
    fork: () => pass.random,
  },
};

function images(): tf.Tensor4D {
  const { values, shape } = timmImages(fixture);
  const all = tf.tensor<tf.Rank.R4>(values, shape);
  return tf.slice(all, 0, batch);
}

/** The ViT with timm's weights. */
function loaded(): Vit {
  const whole = vit({ imageSize: 16, patchSize: 4, channels: 24, depth: 3, heads: 3 });
  const { missing } = loadVariables(whole.variables, timmTensors(fixture, 'weights/'), { partial: true });
  expect(missing).toEqual([]);
  return whole;
}

function score({ stages, pooled }: Features): tf.Scalar {
  const { tokens } = stages[0] as TokenMap;
  const weights = tf.slice(tensorOf(reference.tokenWeights), [0, 0, 0], tokens.shape);
  const ofTokens = tf.sum(tf.mul(tokens, weights));
  return tf.add(
    ofTokens,
    tf.sum(tf.mul(pooled as tf.Tensor2D, tensorOf(reference.pooledWeights))),
  ) as tf.Scalar;
}

function expectReference(view: Backbone, { tokens, pooled, gradients }: ViewCase): void {
  const features = view.apply(images(), pass);
  expectClose(features.stages[0]?.tokens as tf.Tensor, tokens, 1e-5);
  expectClose(features.pooled as tf.Tensor, pooled, 1e-5);
  const { grads } = tf.variableGrads(() => score(view.apply(images(), pass)));
  for (const [path, gradient] of Object.entries(gradients))
    expectClose(grads[view.variables[path]?.name ?? ''] as tf.Tensor, gradient, 1e-4);
}

describe('the reference of the views', () => {
  it('of a partial encoding: features, gradients, and which positions were told', () => {
    tf.tidy(() => {
      const view = partialEncoding(loaded(), {
        keepRatio: (reference.keep + 0.5) / 16,
        givenRatio: (reference.given + 0.5) / reference.keep,
      });
      view.variables.unknownPosition?.assign(tensorOf(reference.unknownPosition));
      expectReference(view, reference.partialEncoding);
      const { positionGiven } = view.apply(images(), pass).stages[0] as TokenMap;
      expect(positionGiven?.arraySync()).toEqual(new Array(batch).fill([1, 1, 0, 0, 0, 0]));
      disposeVariables(view.variables);
    });
  });

  it('of masked keys without an encoding: features and gradients', () => {
    tf.tidy(() => {
      const whole = loaded();
      const view = maskedKeys(withoutEncoding(whole), { keepRatio: (reference.keep + 0.5) / 16 });
      expectReference(view, reference.maskedKeys);
      disposeVariables(whole.variables);
    });
  });
});
