import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '@whereabouts/layers';

/**
 * One number per cell to the same number for each of its tokens: `[batch, cells] float32` to
 * `[batch, rows * side, columns * side, 1] float32`, both in raster order; without a gradient.
 *
 * @param grid of the cells
 * @param side tokens along the side of a cell
 */
export function spreadCells(cells: tf.Tensor2D, grid: Grid, side: number): tf.Tensor4D {
  const { rows, columns } = grid;
  const [batch] = cells.shape;
  const across = tf.tile(tf.reshape(cells, [batch * rows, 1, columns, 1]), [1, side, 1, side]);
  return tf.reshape(across, [batch, rows * side, columns * side, 1]);
}
