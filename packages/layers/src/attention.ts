import * as tf from '@tensorflow/tfjs-core';
import { fused } from './fused.js';
import type { Initialise } from './initialise.js';
import type { Layer } from './layer.js';
import { linear } from './linear.js';
import type { Random } from './random.js';
import { gatherVariables } from './variables.js';

const softmax = fused((scores: tf.Tensor) => tf.softmax(scores));

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
}): Layer<tf.Tensor3D, tf.Tensor3D> {
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

  return {
    variables: gatherVariables({ qkv, projection }),
    apply: (tokens) => {
      const [batch, length] = tokens.shape;
      const byHead = (part: tf.Tensor) =>
        tf.transpose(tf.reshape(part, [batch, length, heads, width]), [0, 2, 1, 3]); // [batch, heads, length, width]
      const [queries, keys, values] = tf.split(qkv.apply(tokens), 3, -1).map(byHead) as [
        tf.Tensor4D,
        tf.Tensor4D,
        tf.Tensor4D,
      ];
      const scores = tf.matMul(tf.mul(queries, 1 / Math.sqrt(width)), keys, false, true); // [batch, heads, length, length]
      const mixed = tf.matMul(softmax(scores) as tf.Tensor4D, values); // [batch, heads, length, width]
      const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, length, channels]);
      return projection.apply(joined as tf.Tensor3D);
    },
  };
}
