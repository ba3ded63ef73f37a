import * as tf from '@tensorflow/tfjs-core';
import { fused } from './fused.js';
import { operation } from './operation.js';
import { type Variables, variable } from './variables.js';

/** A learned normalisation over the last axis: `[..., channels] float32` to the same shape. */
export interface LayerNorm {
  /** `weight [channels]` and `bias [channels]`. */
  readonly variables: Variables;
  readonly apply: <Tokens extends tf.Tensor>(tokens: Tokens) => Tokens;
}

/**
 * Brings the last axis to mean 0 and (biased) variance 1: `[..., channels] float32` to the same shape.
 *
 * @param epsilon added to the variance; 1e-6 in ViT, DeiT and MAE, 1e-5 in Swin
 * @source Ba, Kiros & Hinton 2016
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { standardise } from '@whereabouts/layers';
 *
 * standardise(tf.tensor2d([[1, 3]]), 0).arraySync(); // => [[-1, 1]]
 * ```
 */
export function standardise<Tokens extends tf.Tensor>(tokens: Tokens, epsilon: number): Tokens {
  return operation((x) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    const value = tf.mul(centred, scale);
    return {
      value,
      saved: [value, scale],
      gradient: (upstream, saved) => {
        const [standard, inverse] = saved as [tf.Tensor, tf.Tensor];
        const along = tf.mean(tf.mul(upstream, standard), -1, true);
        const across = tf.sub(upstream, tf.mean(upstream, -1, true));
        return [tf.mul(tf.sub(across, tf.mul(standard, along)), inverse)];
      },
    };
  })(tokens) as Tokens;
}

/**
 * Layer normalisation with a learned scale, which starts at one, and a learned offset, which starts at zero.
 *
 * @param options.epsilon added to the variance; 1e-6 unless given
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { layerNorm } from '@whereabouts/layers';
 *
 * layerNorm({ channels: 3 }).apply(tf.ones([2, 5, 3])).shape; // => [2, 5, 3]
 * ```
 */
export function layerNorm(options: { readonly channels: number; readonly epsilon?: number }): LayerNorm {
  const { channels, epsilon = 1e-6 } = options;
  const weight = variable(tf.ones([channels]));
  const bias = variable(tf.zeros([channels]));
  return {
    variables: { weight, bias },
    apply: <Tokens extends tf.Tensor>(tokens: Tokens) =>
      fused((x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) =>
        tf.add(tf.mul(standardise(x, epsilon), scale), offset),
      )(tokens, weight, bias) as Tokens,
  };
}
