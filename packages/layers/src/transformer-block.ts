import * as tf from '@tensorflow/tfjs-core';
import { attention } from './attention.js';
import { dropPath } from './drop-path.js';
import type { Initialise } from './initialise.js';
import type { Layer } from './layer.js';
import { layerNorm } from './layer-norm.js';
import { type LayerScale, layerScale } from './layer-scale.js';
import { mlp } from './mlp.js';
import { type Pass, within } from './pass.js';
import type { Random } from './random.js';
import { gatherVariables } from './variables.js';

const unscaled: LayerScale = { variables: {}, apply: (branch) => branch };

/** A pre-norm transformer block: `[batch, length, channels] float32` to the same shape. */
export interface TransformerBlock extends Layer<tf.Tensor3D, tf.Tensor3D> {
  /** @param keys how many tokens, the first ones, supply keys and values for the queries of all; all unless given */
  readonly apply: (tokens: tf.Tensor3D, pass: Pass, keys?: number) => tf.Tensor3D;
  /** How much each token takes of each, to look at: `[batch, heads, length, length] float32`, rows add up to 1. */
  readonly attention: (tokens: tf.Tensor3D) => tf.Tensor4D;
}

/**
 * A pre-norm transformer block, attention then MLP, each on a residual branch: `[batch, length, channels] float32` to
 * the same shape.
 *
 * @param options.mlpRatio hidden channels of the MLP per channel; 4 unless given
 * @param options.dropPath share of samples for which a branch is dropped in training; 0 unless given
 * @param options.epsilon of both norms; 1e-6 unless given
 * @param options.layerScale the first factor of the channels of both branches; they aren't scaled unless given
 * @source Dosovitskiy et al. 2021, section 3.1; names `norm1`, `attention`, `norm2`, `mlp`, and with a layer scale
 * `layerScale1`, `layerScale2`. The order within a branch is timm's: scale, then drop
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { createRandom, evaluationPass, transformerBlock } from '@whereabouts/layers';
 *
 * const block = transformerBlock({ channels: 8, heads: 2, random: createRandom({ seed: 0, step: 0 }) });
 * block.apply(tf.ones([2, 5, 8]), evaluationPass()).shape; // => [2, 5, 8]
 * ```
 */
export function transformerBlock(options: {
  readonly channels: number;
  readonly heads: number;
  readonly random: Random;
  readonly mlpRatio?: number;
  readonly qkvBias?: boolean;
  readonly dropPath?: number;
  readonly epsilon?: number;
  readonly layerScale?: number;
  readonly initialise?: Initialise;
}): TransformerBlock {
  const { channels, heads, random, mlpRatio = 4, qkvBias = true, epsilon = 1e-6, ...initialise } = options;
  const { dropPath: rate = 0, layerScale: initial, ...start } = initialise;
  const norm1 = layerNorm({ channels, epsilon });
  const mixing = attention({ ...start, channels, heads, qkvBias, random: random.fork('attention') });
  const norm2 = layerNorm({ channels, epsilon });
  const feedForward = mlp({
    ...start,
    channels,
    hidden: Math.floor(channels * mlpRatio),
    random: random.fork('mlp'),
  });
  const scale = () => (initial === undefined ? unscaled : layerScale({ channels, initial }));
  const [layerScale1, layerScale2] = [scale(), scale()];

  return {
    variables: gatherVariables({
      norm1,
      attention: mixing,
      layerScale1,
      norm2,
      mlp: feedForward,
      layerScale2,
    }),
    apply: (tokens, pass, keys) => {
      const mixed = layerScale1.apply(mixing.apply(norm1.apply(tokens), pass, keys));
      const afterMixing = tf.add(tokens, dropPath(mixed, rate, within(pass, 'attention')));
      const fed = layerScale2.apply(feedForward.apply(norm2.apply(afterMixing)));
      return tf.add(afterMixing, dropPath(fed, rate, within(pass, 'mlp')));
    },
    attention: (tokens) => mixing.weights(norm1.apply(tokens)),
  };
}
