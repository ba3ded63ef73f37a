import * as tf from '@tensorflow/tfjs-core';
import { sumOfRows } from './linear.js';
import { operation } from './operation.js';
import { type Variables, variable } from './variables.js';

/** A learned factor for each channel: `[..., channels] float32` to the same shape. */
export interface LayerScale {
  /** `weight [channels]`. */
  readonly variables: Variables;
  readonly apply: <Tokens extends tf.Tensor>(tokens: Tokens) => Tokens;
}

const scaleChannels = operation((...inputs) => {
  const [tokens, weight] = inputs as [tf.Tensor, tf.Tensor1D];
  return {
    value: tf.mul(tokens, weight),
    saved: [tokens, weight],
    gradient: (upstream, saved) => {
      const [tokens, weight] = saved as [tf.Tensor, tf.Tensor1D];
      const rows = tf.reshape<tf.Rank.R2>(tf.mul(upstream, tokens), [-1, weight.size]);
      return [tf.mul(upstream, weight), sumOfRows(rows)];
    },
  };
});

/**
 * LayerScale: a residual branch is scaled channel by channel by factors that start small, so that a deep transformer
 * begins near the identity.
 *
 * @param options.initial the first value of every factor, above 0: in the paper 0.1 up to depth 18, 1e-5
 * for depth 24, 1e-6 beyond
 * @throws when that is not a number above 0
 * @source Touvron et al. 2021 (CaiT), section 2; timm's `LayerScale`, whose `gamma` is our `weight`
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { layerScale } from '@whereabouts/layers';
 *
 * layerScale({ channels: 2, initial: 0.5 }).apply(tf.tensor2d([[2, 4]])).arraySync(); // => [[1, 2]]
 * ```
 */
export function layerScale(options: { readonly channels: number; readonly initial: number }): LayerScale {
  const { channels, initial } = options;
  if (!(initial > 0 && Number.isFinite(initial)))
    throw new Error(
      `A layer scale starts at a number above 0, such as 1e-5; ${initial} is not. Leave it out for branches that aren't scaled.`,
    );
  const weight = variable(tf.fill([channels], initial));
  return {
    variables: { weight },
    apply: <Tokens extends tf.Tensor>(tokens: Tokens) => scaleChannels(tokens, weight) as Tokens,
  };
}
