import * as tf from '@tensorflow/tfjs-core';
import { type Initialise, smallNormal } from './initialise.js';
import { operation } from './operation.js';
import type { Random } from './random.js';
import { type Variables, variable } from './variables.js';

/** A learned product over the last axis: `[..., inputs] float32` to `[..., outputs] float32`. */
export interface Linear {
  /** `weight [inputs, outputs]` and, unless switched off, `bias [outputs]`. */
  readonly variables: Variables;
  readonly apply: <Tokens extends tf.Tensor>(tokens: Tokens) => Tokens;
}

// matMul's transpose flags are ten times slower than a transposed copy on wasm, and no faster natively.
const rowsTimesMatrix = operation((...inputs) => {
  const [rows, matrix] = inputs as [tf.Tensor2D, tf.Tensor2D];
  return {
    value: tf.matMul(rows, matrix),
    saved: [rows, matrix],
    gradient: (upstream, saved) => [
      tf.matMul(upstream, tf.transpose(saved[1] as tf.Tensor2D)),
      tf.matMul(tf.transpose(saved[0] as tf.Tensor2D), upstream),
    ],
  };
});

/**
 * Multiplies the last axis by a matrix: `[..., inputs] · [inputs, outputs] (+ [outputs])`, with a gradient that is
 * fast on every backend.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { project } from '@whereabouts/layers';
 *
 * project(tf.ones([2, 5, 3]), tf.ones([3, 4])).shape; // => [2, 5, 4]
 * ```
 */
export function project<Tokens extends tf.Tensor>(tokens: Tokens, weight: tf.Tensor, bias?: tf.Tensor): Tokens {
  const [inputs = 0, outputs = 0] = weight.shape;
  const rows = tf.reshape(tokens, [-1, inputs]);
  const product = rowsTimesMatrix(rows, weight);
  const sum = bias === undefined ? product : tf.add(product, bias);
  return tf.reshape(sum, [...tokens.shape.slice(0, -1), outputs]) as Tokens;
}

/**
 * A linear layer.
 *
 * @param options.bias whether a bias is added; true unless given
 * @param options.initialise how the weight starts; normal with deviation 0.02 unless given; the bias starts at zero
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { createRandom, linear } from '@whereabouts/layers';
 *
 * const layer = linear({ inputs: 3, outputs: 4, random: createRandom({ seed: 0, step: 0 }) });
 * layer.apply(tf.ones([2, 5, 3])).shape; // => [2, 5, 4]
 * ```
 */
export function linear(options: {
  readonly inputs: number;
  readonly outputs: number;
  readonly random: Random;
  readonly bias?: boolean;
  readonly initialise?: Initialise;
}): Linear {
  const { inputs, outputs, random, bias = true, initialise = smallNormal } = options;
  const weight = variable(initialise(random, 'weight', [inputs, outputs]));
  if (!bias) return { variables: { weight }, apply: (tokens) => project(tokens, weight) };
  const offset = variable(tf.zeros([outputs]));
  return { variables: { weight, bias: offset }, apply: (tokens) => project(tokens, weight, offset) };
}
