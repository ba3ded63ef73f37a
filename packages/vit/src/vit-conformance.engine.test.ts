import * as tf from '@tensorflow/tfjs-core';
import { checkBackbone, randomImages } from '@whereabouts/conformance';
import { type Backbone, disposeVariables } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { masked } from './masked.js';
import { maskedKeys } from './masked-keys.js';
import { partialEncoding } from './partial-encoding.js';
import { type Vit, vit } from './vit.js';
import type { VitOptions } from './vit-settings.js';
import { withoutEncoding } from './without-encoding.js';

const imageSize = { height: 4, width: 6 };
const small: VitOptions = { imageSize, patchSize: 2, channels: 8, depth: 2, heads: 2 };

const variants: readonly [string, Partial<VitOptions>][] = [
  ['a class token', {}],
  ['average pooling', { pooling: 'average' }],
  ['average pooling beside a class token', { pooling: 'average', classToken: true }],
  ['average pooling of normalised tokens', { pooling: 'average', normAfterPooling: false }],
  ['no pooling', { pooling: 'none' }],
  ['no pooling beside a class token', { pooling: 'none', classToken: true }],
  ['a normalised class token', { normAfterPooling: true }],
  ['a sine-cosine encoding', { positionEncoding: 'sine-cosine' }],
  ['no encoding', { positionEncoding: 'none' }],
  ['drop-path', { dropPath: 0.5 }],
  ['other widths', { mlpRatio: 1.5, qkvBias: false, patchSize: 1 }],
];

it.each(variants)('a ViT with %s keeps the promises of a backbone', async (_, variant) => {
  const before = tf.memory().numTensors;
  await checkBackbone((seed) => vit({ ...small, ...variant, seed }), randomImages(imageSize));
  expect(tf.memory().numTensors).toBe(before);
});

const views: readonly [string, (whole: Vit, seed: number) => Backbone][] = [
  ['masked', (whole) => masked(whole, { keepRatio: 0.5 })],
  ['without its encoding', withoutEncoding],
  ['masked without its encoding', (whole) => masked(withoutEncoding(whole), { keepRatio: 0.5 })],
  ['with masked keys', (whole) => maskedKeys(whole, { keepRatio: 0.5 })],
  ['with masked keys and no encoding', (whole) => maskedKeys(withoutEncoding(whole), { keepRatio: 0.5 })],
  [
    'with a partial encoding',
    (whole, seed) => partialEncoding(whole, { keepRatio: 0.7, givenRatio: 0.5, seed }),
  ],
];

// What a partial encoding tells, a ViT without an encoding cannot.
const fits = (view: string, variant: Partial<VitOptions>) =>
  view !== 'with a partial encoding' || variant.positionEncoding !== 'none';

describe.each(views)('a ViT %s', (view, viewOf) => {
  it.each(variants.filter(([, variant]) => fits(view, variant)))(
    'with %s keeps them too',
    async (_, variant) => {
      const before = tf.memory().numTensors;
      await checkBackbone((seed) => {
        const whole = vit({ ...small, ...variant, seed });
        const made = viewOf(whole, seed);
        const own = new Set(Object.values(made.variables));
        const others = Object.entries(whole.variables).filter(([, variable]) => !own.has(variable));
        disposeVariables(Object.fromEntries(others)); // the kit frees those of the view alone
        return made;
      }, randomImages(imageSize));
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
