import * as tf from '@tensorflow/tfjs-core';
import { checkBackbone, randomImages } from '@whereabouts/conformance';
import { expect, it } from 'vitest';
import { swin } from './swin.js';
import type { SwinOptions } from './swin-settings.js';

const imageSize = { height: 8, width: 12 };
const small: SwinOptions = {
  imageSize,
  patchSize: 2,
  windowSize: 2,
  channels: 4,
  depths: [2, 2],
  heads: [1, 2],
};

const variants: readonly [string, Partial<SwinOptions>][] = [
  ['shifted windows', {}],
  ['padded grids', { windowSize: 3 }],
  ['windows as large as the grid', { windowSize: 7 }],
  ['no bias', { relativePositionBias: false }],
  ['the grid kept before the last stage', { mergeLastStage: false }],
  ['drop-path', { dropPath: 0.5 }],
];

it.each(variants)('a Swin with %s keeps the promises of a backbone', async (_, variant) => {
  const before = tf.memory().numTensors;
  await checkBackbone((seed) => swin({ ...small, ...variant, seed }), randomImages(imageSize));
  expect(tf.memory().numTensors).toBe(before);
});
