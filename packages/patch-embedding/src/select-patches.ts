import * as tf from '@tensorflow/tfjs-core';

/**
 * Picks some patches of each image by position: `[batch, positions, numbers] float32` and
 * `positions [batch, length] int32` to `[batch, length, numbers] float32`.
 *
 * For pixels, before they are projected: it has no gradient, so that nothing is paid for patches that aren't picked.
 *
 * @param patches of whole grids, in raster order, as `patchify` cuts them
 * @param positions raster indices, in any order
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { patchify, selectPatches } from '@whereabouts/patch-embedding';
 *
 * const patches = patchify(tf.ones([2, 8, 12, 3]), 4);
 * selectPatches(patches, tf.tensor2d([[5, 0], [2, 3]], [2, 2], 'int32')).shape; // => [2, 2, 48]
 * ```
 */
export function selectPatches(patches: tf.Tensor3D, positions: tf.Tensor2D): tf.Tensor3D {
  const [batch, count, numbers] = patches.shape;
  const [, length] = positions.shape;
  const flat = tf.reshape(patches, [batch * count, numbers]);
  const firstOfImage = tf.reshape(tf.range(0, batch * count, count, 'int32'), [batch, 1]);
  const indices = tf.reshape(tf.add(positions, firstOfImage), [batch * length]); // into `flat`
  return tf.reshape(tf.gather(flat, indices as tf.Tensor1D), [batch, length, numbers]);
}
