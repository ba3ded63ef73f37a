import * as tf from '@tensorflow/tfjs-core';
import { type Random, smallNormal, type Variables, variable } from '@whereabouts/layers';

/** Learned tokens that go through the blocks before those of the grid, such as a class token. */
export interface PrefixTokens {
  /** How many; may be 0. */
  readonly length: number;
  /** `[1, 1, channels]` each, by name. */
  readonly variables: Variables;
  /** `[batch, length, channels] float32` to `[batch, prefix + length, channels] float32`. */
  readonly prepend: (tokens: tf.Tensor3D) => tf.Tensor3D;
  /** Undoes `prepend`: each token before the grid by itself, `[batch, 1, channels] float32`, and those of the grid. */
  readonly separate: (tokens: tf.Tensor3D) => {
    readonly prefix: readonly tf.Tensor3D[];
    readonly patches: tf.Tensor3D;
  };
}

/** Makes a token for each name; they start normal with a deviation of 0.02. */
export function prefixTokens(options: {
  readonly names: readonly string[];
  readonly channels: number;
  readonly random: Random;
}): PrefixTokens {
  const { names, channels, random } = options;
  // A tensor split into one part has no gradient, so tokens without a prefix pass as they are.
  if (names.length === 0)
    return {
      length: 0,
      variables: {},
      prepend: (tokens) => tokens,
      separate: (patches) => ({ prefix: [], patches }),
    };
  const variables = Object.fromEntries(
    names.map((name) => [name, variable(smallNormal(random, name, [1, 1, channels]))]),
  );
  const learned = Object.values(variables);
  return {
    length: names.length,
    variables,
    prepend: (tokens) => tf.concat([...learned.map((token) => repeat(token, tokens.shape[0])), tokens], 1),
    separate: (tokens) => {
      const lengths = [...names.map(() => 1), tokens.shape[1] - names.length];
      const parts = tf.split<tf.Tensor3D>(tokens, lengths, 1);
      return { prefix: parts.slice(0, -1), patches: parts.at(-1) as tf.Tensor3D };
    },
  };
}

// An addition to zeros, because the gradient of `tile` and `broadcastTo` loops over the batch.
function repeat(token: tf.Tensor, batch: number): tf.Tensor3D {
  return tf.add(tf.zeros([batch, ...token.shape.slice(1)]), token);
}
