import * as tf from '@tensorflow/tfjs-core';
import { fused } from './fused.js';
import { sumOfRows } from './linear.js';
import { operation } from './operation.js';
import { type Variables, variable } from './variables.js';

/** A learned normalisation over the last axis: `[..., channels] float32` to the same shape. */
export interface LayerNorm {
  /** `weight [channels]` and `bias [channels]`. */
  readonly variables: Variables;
  readonly apply: <Tokens extends tf.Tensor>(tokens: Tokens) => Tokens;
}

// The last axis at mean 0 and variance 1, and the factor that brought it there.
function standardised(x: tf.Tensor, epsilon: number): { standard: tf.Tensor; scale: tf.Tensor } {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return { standard: tf.mul(centred, scale), scale };
}

// From the gradient of the standardised tokens to that of the tokens.
function pullBack(upstream: tf.Tensor, standard: tf.Tensor, scale: tf.Tensor): tf.Tensor {
  const along = tf.mean(tf.mul(upstream, standard), -1, true);
  const across = tf.sub(upstream, tf.mean(upstream, -1, true));
  return tf.mul(tf.sub(across, tf.mul(standard, along)), scale);
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
    const { standard, scale } = standardised(x, epsilon);
    return {
      value: standard,
      saved: [standard, scale],
      gradient: (upstream, saved) => [pullBack(upstream, ...(saved as [tf.Tensor, tf.Tensor]))],
    };
  })(tokens) as Tokens;
}

const normalise = (epsilon: number) =>
  operation((...inputs) => {
    const [tokens, weight, bias] = inputs as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
    const { standard, scale } = standardised(tokens, epsilon);
    return {
      value: tf.add(tf.mul(standard, weight), bias),
      saved: [standard, scale, weight],
      gradient: (upstream, saved) => {
        const [standard, scale, weight] = saved as [tf.Tensor, tf.Tensor, tf.Tensor1D];
        const rows = (tensor: tf.Tensor) => tf.reshape(tensor, [-1, weight.size]) as tf.Tensor2D;
        return [
          pullBack(tf.mul(upstream, weight), standard, scale),
          sumOfRows(rows(tf.mul(upstream, standard))),
          sumOfRows(rows(upstream)),
        ];
      },
    };
  });

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
  const apply = fused(normalise(epsilon));
  return {
    variables: { weight, bias },
    apply: <Tokens extends tf.Tensor>(tokens: Tokens) => apply(tokens, weight, bias) as Tokens,
  };
}
