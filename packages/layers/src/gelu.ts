import * as tf from '@tensorflow/tfjs-core';
import { fused } from './fused.js';
import { operation } from './operation.js';

const exactGelu = operation((x) => {
  const below = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5); // share of the normal distribution below x
  return {
    value: tf.mul(x, below),
    saved: [x, below],
    gradient: (upstream, saved) => {
      const [input, share] = saved as [tf.Tensor, tf.Tensor];
      const density = tf.mul(tf.exp(tf.mul(tf.square(input), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return [tf.mul(upstream, tf.add(share, tf.mul(input, density)))];
    },
  };
});

/**
 * The exact GELU, `x · Φ(x)` by the error function, elementwise.
 *
 * @source Hendrycks & Gimpel 2016; the exact form, as timm, Swin and MAE use it, not the tanh approximation
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { gelu } from '@whereabouts/layers';
 *
 * gelu(tf.tensor1d([0])).dataSync()[0]; // => 0
 * ```
 */
export function gelu<Tokens extends tf.Tensor>(tokens: Tokens): Tokens {
  return fused(exactGelu)(tokens) as Tokens;
}
