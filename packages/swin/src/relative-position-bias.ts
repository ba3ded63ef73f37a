import * as tf from '@tensorflow/tfjs-core';
import {
  constantTensor,
  type Grid,
  positionCount,
  project,
  type Random,
  smallNormal,
  type Variables,
  variable,
} from '@whereabouts/layers';

/** What attention adds to the scores of two tokens for their offset alone. */
export interface RelativePositionBias {
  /** `relativePositionBias [offsets, heads]`: row `(r_i - r_j + rows - 1) * (2 * columns - 1) + c_i - c_j + columns - 1`. */
  readonly variables: Variables;
  /** `[heads, length, length] float32`, queries before keys, both in the raster order of the window. */
  readonly table: () => tf.Tensor3D;
}

/**
 * A learned bias for every offset within a window and every head.
 *
 * The table is spread by two products with one-hot rows, first over pairs of rows, then over pairs of columns: no `gather`,
 * whose gradient some backends lack, and no matrix of all pairs.
 *
 * @source Liu et al. 2021, equation 4; starts normal with deviation 0.02 as in timm
 */
export function relativePositionBias(options: {
  readonly window: Grid;
  readonly heads: number;
  readonly random: Random;
}): RelativePositionBias {
  const { window, heads, random } = options;
  const { rows, columns } = window;
  const [down, across] = [2 * rows - 1, 2 * columns - 1];
  const learned = variable(smallNormal(random, 'relativePositionBias', [down * across, heads]));
  const ofRows = oneHotOffsets(rows);
  const ofColumns = oneHotOffsets(columns);
  return {
    variables: { relativePositionBias: learned },
    table: () => {
      const byRow = tf.reshape(learned, [down, across * heads]);
      const rowPairs = project(constantTensor(tf.tensor2d(ofRows, [rows * rows, down])), byRow);
      const byColumn = tf.transpose(tf.reshape(rowPairs, [rows * rows, across, heads]), [1, 0, 2]);
      const flat = tf.reshape(byColumn, [across, rows * rows * heads]);
      const pairs = project(constantTensor(tf.tensor2d(ofColumns, [columns * columns, across])), flat);
      // [query column, key column, query row, key row, heads]
      const apart = tf.reshape(pairs, [columns, columns, rows, rows, heads]);
      const length = positionCount(window);
      return tf.reshape(tf.transpose(apart, [4, 2, 0, 3, 1]), [heads, length, length]);
    },
  };
}

/** `[side * side, 2 * side - 1]` row-major: for each pair of places, 1 at the offset from the second to the first. */
function oneHotOffsets(side: number): Float32Array {
  const offsets = 2 * side - 1;
  const values = new Float32Array(side * side * offsets);
  for (let from = 0; from < side; from += 1)
    for (let to = 0; to < side; to += 1) values[(from * side + to) * offsets + from - to + side - 1] = 1;
  return values;
}
