import * as tf from '@tensorflow/tfjs-core';
import type { Random } from './random.js';

/** How the first values of a weight are drawn: `shape float32` from the randomness of that name. */
export type Initialise = (random: Random, name: string, shape: readonly number[]) => tf.Tensor;

/**
 * Normal with mean 0 and a standard deviation of 0.02: the usual start of a vision transformer's weights.
 *
 * @source timm `trunc_normal_(std=.02)`; its cut at ±2 is absolute, 100 deviations away, so we don't cut
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { createRandom, smallNormal } from '@whereabouts/layers';
 *
 * smallNormal(createRandom({ seed: 0, step: 0 }), 'weight', [2, 3]).shape; // => [2, 3]
 * ```
 */
export function smallNormal(random: Random, name: string, shape: readonly number[]): tf.Tensor {
  return tf.tidy(() => tf.mul(random.normal(name, shape), 0.02));
}

/**
 * Uniform within ±√(6 / (inputs + outputs)) of a matrix `[inputs, outputs]`.
 *
 * @source Glorot & Bengio 2010; MAE's start of every matrix
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { createRandom, xavierUniform } from '@whereabouts/layers';
 *
 * const weight = xavierUniform(createRandom({ seed: 0, step: 0 }), 'weight', [3, 3]);
 * weight.abs().max().dataSync()[0]! < 1; // => true
 * ```
 */
export function xavierUniform(random: Random, name: string, shape: readonly number[]): tf.Tensor {
  const [inputs = 1, outputs = 1] = shape;
  const bound = Math.sqrt(6 / (inputs + outputs));
  return tf.tidy(() => tf.sub(tf.mul(random.uniform(name, shape), 2 * bound), bound));
}
