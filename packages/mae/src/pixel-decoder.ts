import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  type Features,
  gatherVariables,
  layerNorm,
  linear,
  type Pass,
  positionCount,
  smallNormal,
  type TokenMap,
  transformerBlock,
  variable,
  within,
  xavierUniform,
} from '@whereabouts/layers';
import { sineCosineEncoding } from '@whereabouts/patch-embedding';
import { type DecoderSettings, decoderSettings, type PixelDecoderOptions } from './decoder-settings.js';
import { patchesOf } from './patches-of.js';
import type { PixelHead } from './pixel-head.js';
import { pixelTargets } from './pixel-targets.js';
import { placeTokens } from './place-tokens.js';

/** A head that paints the patches which its backbone didn't see. */
export interface PixelDecoder extends PixelHead {
  readonly settings: DecoderSettings;
}

/**
 * MAE's decoder as a head: from the tokens of some patches it predicts the pixels of all,
 * `[batch, positions, patchSize * patchSize * inputChannels] float32` in raster order. The loss is the squared error, a mean
 * over the pixels of the patches whose tokens are missing.
 *
 * Which those are it reads from `positions` and `grid`, so it sits on any backbone that hands over a part of its grid, such
 * as `masked(vit, ...)`. The pooled vector goes in as one more token where it is as wide as the tokens, which is MAE's class
 * token. The decoder has a sine-cosine encoding of its own, whatever the backbone has.
 *
 * @param options.channels 512 unless given
 * @param options.depth 8 unless given
 * @param options.heads 16 unless given
 * @throws when the backbone sees every patch, when sizes don't fit together, and, at the loss, when the images have another grid
 * @source He et al. 2022 (MAE), `models_mae.py`: equal in prediction, loss and gradients
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { pixelDecoder } from '@whereabouts/mae';
 * import { masked, vit } from '@whereabouts/vit';
 *
 * const backbone = masked(vit({ imageSize: 16, patchSize: 4, channels: 16, depth: 1, heads: 2 }), { keepRatio: 0.25 });
 * const decoder = pixelDecoder({ spec: backbone.spec, patchSize: 4, channels: 8, depth: 1, heads: 2 });
 *
 * const [images, pass] = [tf.ones<tf.Rank.R4>([2, 16, 16, 3]), trainingPass({ seed: 0, step: 0 })];
 * const features = backbone.apply(images, pass); // 4 of 16 tokens
 * decoder.apply(features, pass).shape; // => [2, 16, 48]
 * decoder.loss(features, { images }, pass).loss.shape; // => []
 * ```
 */
export function pixelDecoder(options: PixelDecoderOptions): PixelDecoder {
  const { initialise = xavierUniform } = options;
  const settings = decoderSettings(options);
  const { stage, channels, depth, heads, mlpRatio, patchSize, inputChannels, target, readsPooled } = settings;
  const positions = positionCount(stage.grid);
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('pixelDecoder');

  const embedding = linear({
    inputs: stage.channels,
    outputs: channels,
    random: random.fork('embedding'),
    initialise,
  });
  const maskToken = variable(smallNormal(random, 'maskToken', [1, 1, channels]));
  const encoding = sineCosineEncoding({
    grid: stage.grid,
    channels,
    prefix: readsPooled ? 1 : 0,
    random: random.fork('positionEncoding'),
  });
  const blocks = Array.from({ length: depth }, (_, block) =>
    transformerBlock({ channels, heads, mlpRatio, initialise, random: random.fork(`blocks.${block}`) }),
  );
  const norm = layerNorm({ channels });
  const prediction = linear({
    inputs: channels,
    outputs: patchSize * patchSize * inputChannels,
    random: random.fork('prediction'),
    initialise,
  });

  const predict = (features: Features, pass: Pass): { pixels: tf.Tensor3D; missing: tf.Tensor3D } => {
    const map = features.stages.at(-1) as TokenMap;
    const placed = placeTokens(embedding.apply(map.tokens), map.positions, positions);
    const all = tf.add(placed.tokens, tf.mul(placed.missing, maskToken)); // [batch, positions, channels]
    const led = readsPooled
      ? tf.concat([embedding.apply(tf.expandDims(features.pooled as tf.Tensor2D, 1)), all], 1)
      : all; // [batch, prefix + positions, channels]
    const encoded = tf.add(led, encoding.rows() as tf.Tensor3D) as tf.Tensor3D;
    const mixed = blocks.reduce(
      (flow, block, index) => block.apply(flow, within(pass, `blocks.${index}`)),
      encoded,
    );
    const painted = prediction.apply(norm.apply(mixed));
    const pixels = readsPooled ? tf.slice(painted, [0, 1, 0]) : painted; // [batch, positions, numbers]
    return { pixels, missing: placed.missing };
  };

  return {
    settings,
    needs: { stage: -1, grid: stage.grid, channels: stage.channels },
    variables: {
      ...gatherVariables({ embedding }),
      maskToken,
      ...gatherVariables({
        ...Object.fromEntries(blocks.map((block, index) => [`blocks.${index}`, block])),
        norm,
        prediction,
      }),
    },
    hidden: ({ stages }) => {
      const { tokens, positions: places } = stages.at(-1) as TokenMap;
      return placeTokens(tokens, places, positions).missing;
    },
    apply: (features, pass) => predict(features, pass).pixels,
    loss: (features, { images }, pass) => {
      const { pixels, missing } = predict(features, pass);
      const wanted = pixelTargets[target].of(patchesOf(images, settings));
      const errors = tf.mean(tf.squaredDifference(pixels, wanted), -1, true); // [batch, positions, 1]
      return { loss: tf.div(tf.sum(tf.mul(errors, missing)), tf.sum(missing)) as tf.Scalar };
    },
  };
}
