import * as tf from '@tensorflow/tfjs-core';
import { type Grid, positionCount } from '@whereabouts/layers';

/**
 * Puts patches back together: `[batch, positions, patchSize * patchSize * inputChannels] float32` to
 * `[batch, height, width, inputChannels] float32`. The inverse of `patchify`.
 *
 * @param options.grid of the patches, which come in raster order
 * @param options.patchSize side of a patch in pixels
 * @throws when the patches don't fill the grid, or don't hold whole pixels
 * @source He et al. 2022 (MAE) `unpatchify`; rectangular grids are ours
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { unpatchify } from '@whereabouts/patch-embedding';
 *
 * unpatchify(tf.ones([2, 6, 48]), { grid: { rows: 2, columns: 3 }, patchSize: 4 }).shape; // => [2, 8, 12, 3]
 * ```
 */
export function unpatchify(
  patches: tf.Tensor3D,
  options: { readonly grid: Grid; readonly patchSize: number },
): tf.Tensor4D {
  const { grid, patchSize } = options;
  const [batch, length, numbers] = patches.shape;
  const inputChannels = numbers / (patchSize * patchSize);
  if (length !== positionCount(grid) || !Number.isInteger(inputChannels))
    throw new Error(
      `Patches of shape [${patches.shape}] don't make an image: a grid of ${grid.rows} x ${grid.columns} patches of ` +
        `${patchSize} px needs [batch, ${positionCount(grid)}, a multiple of ${patchSize * patchSize}].`,
    );
  const byPatch = tf.reshape(patches, [
    batch * grid.rows,
    grid.columns,
    patchSize,
    patchSize * inputChannels,
  ]);
  const strips = tf.transpose(byPatch, [0, 2, 1, 3]); // [batch * rows, patchSize, columns, patchSize * inputChannels]
  return tf.reshape(strips, [batch, grid.rows * patchSize, grid.columns * patchSize, inputChannels]);
}
