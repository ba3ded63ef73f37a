import * as tf from '@tensorflow/tfjs-core';
import { checkBackbone, randomImages } from '@whereabouts/conformance';
import { expect, it } from 'vitest';
import { masked } from './masked.js';
import { vit } from './vit.js';
import type { VitOptions } from './vit-settings.js';

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
