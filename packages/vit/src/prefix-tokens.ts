import * as tf from '@tensorflow/tfjs-core';
import { type Random, smallNormal, type Variables, variable } from '@whereabouts/layers';

/** Tokens by the name of what they are, `[batch, count, channels] float32` each. */
export type NamedTokens = Readonly<Record<string, tf.Tensor3D>>;

/** Learned tokens that go through the blocks before those of the grid, such as a class token and registers. */
export interface PrefixTokens {
  /** How many; may be 0. */
  readonly length: number;
  /** `[1, count, channels]` each, by name. */
  readonly variables: Variables;
  /** `[batch, length, channels] float32` to `[batch, prefix + length, channels] float32`. */
  readonly prepend: (tokens: tf.Tensor3D) => tf.Tensor3D;
  /** Undoes `prepend`: the tokens before the grid by name, in their order, and those of the grid. */
  readonly separate: (tokens: tf.Tensor3D) => { readonly prefix: NamedTokens; readonly patches: tf.Tensor3D };
}

/**
 * Makes so many tokens of each name, in this order; they start normal with a deviation of 0.02.
 *
 * @param options.counts by name; those with 0 are left out
 */
export function prefixTokens(options: {
  readonly counts: Readonly<Record<string, number>>;
  readonly channels: number;
  readonly random: Random;
}): PrefixTokens {
  const { counts, channels, random } = options;
  const present = Object.entries(counts).filter(([, count]) => count > 0);
  // A tensor split into one part has no gradient, so tokens without a prefix pass as they are.
  if (present.length === 0)
    return {
      length: 0,
      variables: {},
      prepend: (tokens) => tokens,
      separate: (patches) => ({ prefix: {}, patches }),
    };
  const length = present.reduce((sum, [, count]) => sum + count, 0);
  const variables = Object.fromEntries(
    present.map(([name, count]) => [name, variable(smallNormal(random, name, [1, count, channels]))]),
  );
  const learned = Object.values(variables);
  return {
    length,
    variables,
    prepend: (tokens) => tf.concat([...learned.map((token) => repeat(token, tokens.shape[0])), tokens], 1),
    separate: (tokens) => {
      const parts = tf.split<tf.Tensor3D>(
        tokens,
        [...present.map(([, count]) => count), tokens.shape[1] - length],
        1,
      );
      return {
        prefix: Object.fromEntries(present.map(([name], index) => [name, parts[index] as tf.Tensor3D])),
        patches: parts.at(-1) as tf.Tensor3D,
      };
    },
  };
}

// An addition to zeros, because the gradient of `tile` and `broadcastTo` loops over the batch.
function repeat(token: tf.Tensor, batch: number): tf.Tensor3D {
  return tf.add(tf.zeros([batch, ...token.shape.slice(1)]), token);
}
