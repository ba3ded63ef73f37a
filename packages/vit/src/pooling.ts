import * as tf from '@tensorflow/tfjs-core';

/** How the one vector per image comes about: the class token, the mean of the patch tokens, or not at all. */
export type Pooling = 'class-token' | 'average' | 'none';

/** What each pooling makes of the tokens after the last block: `[batch, channels] float32` or nothing. */
export const poolings: Readonly<
  Record<
    Pooling,
    (tokens: { prefix: readonly tf.Tensor3D[]; patches: tf.Tensor3D }) => tf.Tensor2D | undefined
  >
> = {
  'class-token': ({ prefix: [classToken] }) => tf.squeeze<tf.Tensor2D>(classToken as tf.Tensor3D, [1]),
  average: ({ patches }) => tf.mean<tf.Tensor2D>(patches, 1),
  none: () => undefined,
};
