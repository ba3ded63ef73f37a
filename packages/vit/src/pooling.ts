import * as tf from '@tensorflow/tfjs-core';
import type { NamedTokens } from './prefix-tokens.js';

/** How the one vector per image comes about: the class token, the mean of the patch tokens, or not at all. */
export type Pooling = 'class-token' | 'average' | 'none';

/** What each pooling makes of the tokens after the last block: `[batch, channels] float32` or nothing. */
export const poolings: Readonly<
  Record<Pooling, (tokens: { prefix: NamedTokens; patches: tf.Tensor3D }) => tf.Tensor2D | undefined>
> = {
  'class-token': ({ prefix }) => vectorOf(prefix.classToken as tf.Tensor3D),
  average: ({ patches }) => tf.mean<tf.Tensor2D>(patches, 1),
  none: () => undefined,
};

/** The one token of each image as a vector: `[batch, 1, channels] float32` to `[batch, channels] float32`. */
export function vectorOf(token: tf.Tensor3D): tf.Tensor2D {
  return tf.squeeze<tf.Tensor2D>(token, [1]);
}
