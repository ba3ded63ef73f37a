import * as tf from '@tensorflow/tfjs-core';
import { oneHot, operation } from '@whereabouts/layers';

/** Tokens on every position of their grid. */
export interface PlacedTokens {
  /** `[batch, positions, channels] float32` in raster order; zero where no token sits. */
  readonly tokens: tf.Tensor3D;
  /** `[batch, positions, 1] float32`, 1 = no token sits there, 0 = one does. No gradient. */
  readonly missing: tf.Tensor3D;
}

/**
 * Puts tokens where they sit: `[batch, length, channels] float32` in any order onto all positions.
 *
 * A product with one-hot rows, since `gather` and `scatterND` have no gradient on wasm.
 *
 * @param positions `[batch, length] int32`, none twice in an image
 * @param count of the positions
 */
export function placeTokens(tokens: tf.Tensor3D, positions: tf.Tensor2D, count: number): PlacedTokens {
  const [batch, length] = positions.shape;
  const rows = tf.reshape(oneHot(tf.reshape(positions, [-1]), count), [batch, length, count]) as tf.Tensor3D;
  const byPosition = tf.transpose(rows, [0, 2, 1]) as tf.Tensor3D; // [batch, count, length]
  const place = operation((all) => ({
    value: tf.matMul(byPosition, all as tf.Tensor3D),
    saved: [rows],
    gradient: (upstream, [chosen]) => [tf.matMul(chosen as tf.Tensor3D, upstream)],
  }));
  return {
    tokens: place(tokens) as tf.Tensor3D,
    missing: tf.sub(1, tf.sum(byPosition, -1, true)),
  };
}
