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
  ['a conditional encoding', { positionEncoding: 'conditional' }],
  [
    'a conditional encoding and no token before the grid',
    { positionEncoding: 'conditional', pooling: 'average' },
  ],
  ['a distillation token', { distillationToken: true }],
  ['a distillation token, vectors normalised', { distillationToken: true, normAfterPooling: true }],
  ['registers', { registers: 3 }],
  ['registers with rows in the encoding', { registers: 2, prefixEncoding: true }],
  ['registers alone before the grid', { registers: 1, pooling: 'average' }],
  ['everything before the grid', { distillationToken: true, registers: 2, positionEncoding: 'conditional' }],
  ['a layer scale', { layerScale: 1e-5 }],
  ['drop-path', { dropPath: 0.5 }],
  ['other widths', { mlpRatio: 1.5, qkvBias: false, patchSize: 1 }],
];

it.each(variants)('a ViT with %s keeps the promises of a backbone', async (_, variant) => {
  const before = tf.memory().numTensors;
  await checkBackbone((seed) => vit({ ...small, ...variant, seed }), randomImages(imageSize));
  expect(tf.memory().numTensors).toBe(before);
});

it.each(variants)('a masked ViT with %s keeps them too', async (_, variant) => {
  const before = tf.memory().numTensors;
  await checkBackbone(
    (seed) => masked(vit({ ...small, ...variant, seed }), { keepRatio: 0.5 }),
    randomImages(imageSize),
  );
  expect(tf.memory().numTensors).toBe(before);
});

const views: readonly [string, (whole: Vit, seed: number) => Backbone][] = [
  ['without its encoding', withoutEncoding],
  ['masked without its encoding', (whole) => masked(withoutEncoding(whole), { keepRatio: 0.5 })],
  ['with masked keys', (whole) => maskedKeys(whole, { keepRatio: 0.5 })],
  ['with masked keys and no encoding', (whole) => maskedKeys(withoutEncoding(whole), { keepRatio: 0.5 })],
  [
    'with a partial encoding',
    (whole, seed) => partialEncoding(whole, { keepRatio: 0.7, givenRatio: 0.5, seed }),
  ],
];

const viewed: readonly [string, Partial<VitOptions>][] = [
  ['a class token', {}],
  ['average pooling', { pooling: 'average' }],
  ['a sine-cosine encoding', { positionEncoding: 'sine-cosine' }],
  ['registers apart from the encoding', { registers: 2 }],
  ['a conditional encoding', { distillationToken: true, registers: 2, positionEncoding: 'conditional' }],
  ['no encoding', { positionEncoding: 'none', dropPath: 0.5 }],
];

// What a partial encoding tells, only a ViT with rows for every position can.
const fits = (view: string, { positionEncoding = 'learned' }: Partial<VitOptions>) =>
  view !== 'with a partial encoding' || ['learned', 'sine-cosine'].includes(positionEncoding);

describe.each(views)('a ViT %s', (view, viewOf) => {
  it.each(viewed.filter(([, variant]) => fits(view, variant)))(
    'and %s keeps them too',
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
