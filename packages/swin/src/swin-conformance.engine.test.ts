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
  depths: [2, 1],
  heads: [2, 2],
};

const variants: readonly [string, Partial<SwinOptions>][] = [
  ['shifted windows', {}],
  ['windows that do not divide the grid', { windowSize: 3 }],
  ['windows as large as the grid', { windowSize: 7 }],
  ['an odd grid', { imageSize: { height: 6, width: 10 } }],
  ['no relative position bias', { relativePositionBias: false }],
  ['a last stage that keeps the grid', { mergeLastStage: false }],
  ['one stage', { depths: [2], heads: [1] }],
  ['drop-path', { dropPath: 0.5 }],
  ['other widths', { mlpRatio: 1.5, qkvBias: false, patchSize: 1 }],
];

it.each(variants)('a Swin with %s keeps the promises of a backbone', async (_, variant) => {
  const before = tf.memory().numTensors;
  const options = { ...small, ...variant };
  await checkBackbone(
    (seed) => swin({ ...options, seed }),
    randomImages(options.imageSize as typeof imageSize),
  );
  expect(tf.memory().numTensors).toBe(before);
});
