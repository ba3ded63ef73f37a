import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  type FeatureSpec,
  type Features,
  gatherVariables,
  type Initialise,
  linear,
  positionCount,
  type StageSpec,
  type TokenMap,
  unmetNeed,
} from '@whereabouts/layers';
import { patchesOf } from './patches-of.js';
import type { PixelHead } from './pixel-head.js';
import { type PixelTargetName, pixelTargets } from './pixel-targets.js';
import { placeTokens } from './place-tokens.js';

/** What to make a linear pixel head of. */
export interface LinearPixelsOptions {
  /** Of the backbone that the head will sit on. */
  readonly spec: FeatureSpec;
  /** Side in pixels of what a token of the last stage stands for, such as `strides.at(-1)` of a Swin. */
  readonly patchSize: number;
  /** Channels of the images; 3 unless given. */
  readonly inputChannels?: number;
  /** What is predicted of a patch; `plain` pixels unless given. */
  readonly target?: PixelTargetName;
  /** How the matrix starts; normal with a deviation of 0.02 unless given. */
  readonly initialise?: Initialise;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
}

/**
 * SimMIM's head: each token of the last stage is turned into the pixels that it stands for by one linear layer,
 * `[batch, positions, patchSize * patchSize * inputChannels] float32` in raster order. The loss is the absolute error, a mean
 * over the hidden pixels of the batch.
 *
 * Which those are it reads from `contentGiven`, so it sits on any backbone that hands over all of its grid and hides a part
 * of its pixels, such as `maskedCells(swin, ...)`.
 *
 * @throws when the backbone hides nothing or leaves tokens out, on sizes below 1, and, at the loss, when the images have another grid
 * @source Xie et al. 2022 (SimMIM): equal in prediction, loss and gradients. Its code adds 1e-5 to the number of pixels that
 *   it divides by; here it is left out, so that the loss is a mean
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { linearPixels, maskedCells } from '@whereabouts/mae';
 * import { swin } from '@whereabouts/swin';
 *
 * const whole = swin({ imageSize: 16, patchSize: 2, windowSize: 4, channels: 8, depths: [2, 2], heads: [1, 2] });
 * const backbone = maskedCells(whole, { cellSize: 4 });
 * const head = linearPixels({ spec: backbone.spec, patchSize: 4 });
 *
 * const [images, pass] = [tf.ones<tf.Rank.R4>([2, 16, 16, 3]), trainingPass({ seed: 0, step: 0 })];
 * const features = backbone.apply(images, pass);
 * head.apply(features, pass).shape; // => [2, 16, 48]
 * head.loss(features, { images }, pass).loss.shape; // => []
 * ```
 */
export function linearPixels(options: LinearPixelsOptions): PixelHead {
  const { spec, patchSize, inputChannels = 3, target = 'plain', seed = 0 } = options;
  const needs = { stage: -1, everyPosition: true, hiddenContent: true } as const;
  const unmet = unmetNeed(needs, spec);
  if (unmet !== undefined)
    throw new Error(
      `The linear pixel head ${unmet}. Give it the spec of maskedCells(swin, { keepRatio: 0.4 }), or one like it.`,
    );
  for (const [name, count] of Object.entries({ patchSize, inputChannels }))
    if (!Number.isInteger(count) || count < 1)
      throw new Error(`The linear pixel head got ${name}: ${count}; expected a whole number above 0.`);
  const stage = spec.stages.at(-1) as StageSpec;
  const settings = { stage, patchSize, inputChannels, target };
  const prediction = linear({
    inputs: stage.channels,
    outputs: patchSize * patchSize * inputChannels,
    random: createRandom({ seed, step: 0 }).fork('linearPixels').fork('prediction'),
    ...(options.initialise && { initialise: options.initialise }),
  });

  const placed = (features: Features, valuesOf: (map: TokenMap) => tf.Tensor3D): tf.Tensor3D => {
    const map = features.stages.at(-1) as TokenMap;
    return placeTokens(valuesOf(map), map.positions, positionCount(stage.grid)).tokens;
  };
  const predict = (features: Features) => prediction.apply(placed(features, ({ tokens }) => tokens));
  const hidden = (features: Features): tf.Tensor3D => {
    const seen = placed(features, ({ contentGiven }) => tf.expandDims(contentGiven as tf.Tensor2D, -1));
    return tf.sub(1, seen); // [batch, positions, 1]
  };

  return {
    settings,
    needs: { ...needs, grid: stage.grid, channels: stage.channels },
    variables: gatherVariables({ prediction }),
    hidden,
    apply: predict,
    loss: (features, { images }) => {
      const wanted = pixelTargets[target].of(patchesOf(images, settings));
      const errors = tf.mean(tf.abs(tf.sub(wanted, predict(features))), -1, true); // [batch, positions, 1]
      const counted = hidden(features);
      return { loss: tf.div(tf.sum(tf.mul(errors, counted)), tf.sum(counted)) as tf.Scalar };
    },
  };
}
