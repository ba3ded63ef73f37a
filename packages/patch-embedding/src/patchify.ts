import * as tf from '@tensorflow/tfjs-core';
import { positionCount } from '@whereabouts/layers';
import { gridOf } from './grid-of.js';

/**
 * Cuts images into patches: `[batch, height, width, inputChannels] float32` to
 * `[batch, positions, patchSize * patchSize * inputChannels] float32`.
 *
 * Patches come in raster order, the pixels of a patch in the order row, column, channel.
 *
 * @param patchSize side of a patch in pixels
 * @throws on a size that the patch doesn't divide
 * @source He et al. 2022 (MAE) `patchify`; rectangular images are ours
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { patchify } from '@whereabouts/patch-embedding';
 *
 * patchify(tf.ones([2, 8, 12, 3]), 4).shape; // => [2, 6, 48]
 * ```
 */
export function patchify(images: tf.Tensor4D, patchSize: number): tf.Tensor3D {
  const [batch, height, width, inputChannels] = images.shape;
  const grid = gridOf({ height, width }, patchSize);
  const { rows, columns } = grid;
  const strips = tf.reshape(images, [batch * rows, patchSize, columns, patchSize * inputChannels]);
  const byPatch = tf.transpose(strips, [0, 2, 1, 3]); // [batch * rows, columns, patchSize, patchSize * inputChannels]
  return tf.reshape(byPatch, [batch, positionCount(grid), patchSize * patchSize * inputChannels]);
}
