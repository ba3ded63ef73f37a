import * as tf from '@tensorflow/tfjs-core';
import type { Initialise } from './initialise.js';
import type { Layer } from './layer.js';
import { linear } from './linear.js';
import type { Pass } from './pass.js';
import type { Random } from './random.js';
import { gatherVariables } from './variables.js';

/** Multi-head self-attention: `[batch, length, channels] float32` to the same shape. */
export interface Attention extends Layer<tf.Tensor3D, tf.Tensor3D> {
  /** @param keys how many tokens, the first ones, supply keys and values for the queries of all; all unless given */
  readonly apply: (tokens: tf.Tensor3D, pass: Pass, keys?: number) => tf.Tensor3D;
  /** How much each token takes of each, to look at: `[batch, heads, length, keys] float32`, rows add up to 1. */
  readonly weights: (tokens: tf.Tensor3D, keys?: number) => tf.Tensor4D;
}

/**
 * Multi-head self-attention: `[batch, length, channels] float32` to the same shape.
 *
 * @param options.heads how many; must divide `channels`
 * @param options.qkvBias whether queries, keys and values have a bias; true unless given
 * @throws when `heads` does not divide `channels`
 * @source Vaswani et al. 2017; variables `qkv` and `projection`, queries, keys and values fused in that order as in timm
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { attention, createRandom, evaluationPass } from '@whereabouts/layers';
 *
 * const layer = attention({ channels: 8, heads: 2, random: createRandom({ seed: 0, step: 0 }) });
 * layer.apply(tf.ones([2, 5, 8]), evaluationPass()).shape; // => [2, 5, 8]
 * ```
 */
export function attention(options: {
  readonly channels: number;
  readonly heads: number;
  readonly random: Random;
  readonly qkvBias?: boolean;
  readonly initialise?: Initialise;
}): Attention {
  const { channels, heads, random, qkvBias = true, ...initialise } = options;
  if (channels % heads !== 0)
    throw new Error(`${heads} heads do not divide ${channels} channels; choose a number of heads that does.`);
  const width = channels / heads;
  const qkv = linear({
    ...initialise,
    inputs: channels,
    outputs: 3 * channels,
    bias: qkvBias,
    random: random.fork('qkv'),
  });
  const projection = linear({
    ...initialise,
    inputs: channels,
    outputs: channels,
    random: random.fork('projection'),
  });

  /** By head and image: what each query takes of each key, and the values of the keys. */
  const attend = (tokens: tf.Tensor3D, keyCount: number) => {
    const [batch, length] = tokens.shape;
    const parts = tf.reshape(qkv.apply(tokens), [batch, length, 3 * heads, width]);
    // One transposition for all three, which then lie one behind the other.
    const [queries, keys, values] = tf.split(tf.transpose(parts, [2, 0, 1, 3]), 3) as [
      tf.Tensor4D, // [heads, batch, length, width]
      tf.Tensor4D,
      tf.Tensor4D,
    ];
    const first = (all: tf.Tensor4D): tf.Tensor4D =>
      keyCount === length ? all : tf.slice(all, [0, 0, 0, 0], [heads, batch, keyCount, width]);
    const scores = tf.matMul(tf.mul(queries, 1 / Math.sqrt(width)), first(keys), false, true); // [heads, batch, length, keys]
    return { weights: tf.softmax(scores), values: first(values) };
  };

  return {
    variables: gatherVariables({ qkv, projection }),
    apply: (tokens, _pass, keyCount = tokens.shape[1]) => {
      const [batch, length] = tokens.shape;
      const { weights, values } = attend(tokens, keyCount);
      const mixed = tf.matMul(weights, values); // [heads, batch, length, width]
      const joined = tf.reshape(tf.transpose(mixed, [1, 2, 0, 3]), [batch, length, channels]);
      return projection.apply(joined as tf.Tensor3D);
    },
    weights: (tokens, keyCount = tokens.shape[1]) =>
      tf.transpose(attend(tokens, keyCount).weights, [1, 0, 2, 3]) as tf.Tensor4D,
  };
}
