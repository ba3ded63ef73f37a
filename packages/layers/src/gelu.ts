import * as tf from '@tensorflow/tfjs-core';
import { fused } from './fused.js';
import { operation } from './operation.js';
import { polynomialGelu } from './polynomial-gelu.js';
import { currentRecorder } from './recorder.js';

// With h = x / √2, the normal density at x is exp(ln(1 / √2π) - h²), and x times it is h times exp(ln(1 / √π) - h²): an
// operation less than to square, halve, exponentiate and scale.
const logarithm = -0.5 * Math.log(Math.PI);

const exactGelu = operation((x) => {
  const scaled = tf.mul(x, Math.SQRT1_2);
  const below = tf.mul(tf.add(tf.erf(scaled), 1), 0.5); // share of the normal distribution below x
  return {
    value: tf.mul(x, below),
    saved: [scaled, below],
    gradient: (upstream, saved) => {
      const [h, share] = saved as [tf.Tensor, tf.Tensor];
      const weighted = tf.mul(h, tf.exp(tf.sub(logarithm, tf.square(h)))); // x times the density at x
      return [tf.mul(upstream, tf.add(share, weighted))];
    },
  };
});

/**
 * The exact GELU, `x · Φ(x)` by the error function, elementwise. Compiled with products in bfloat16 it is computed by
 * polynomials, within 5e-5, its gradient within 7e-5.
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
  const { roundsProducts = false } = currentRecorder();
  return fused(roundsProducts ? polynomialGelu : exactGelu)(tokens) as Tokens;
}
