import * as tf from '@tensorflow/tfjs-core';
import { type Grid, positionCount } from '@whereabouts/layers';
import { rasterPlace } from './raster.js';

/**
 * The raster that relative classes are places in: one row per difference of rows, one column per difference of columns,
 * and the class of a token with itself in the centre.
 */
export function offsetGrid(grid: Grid): Grid {
  return { rows: 2 * grid.rows - 1, columns: 2 * grid.columns - 1 };
}

/**
 * Counts the classes of relative positions: `(2R - 1) · (2S - 1)` on a grid of R rows and S columns.
 *
 * @example
 * ```ts
 * import { relativeClassCount } from '@whereabouts/position-labels';
 *
 * relativeClassCount({ rows: 14, columns: 14 }); // => 729
 * ```
 */
export function relativeClassCount(grid: Grid): number {
  return positionCount(offsetGrid(grid));
}

/** One whole number per token, `int32` of the shape of `positions`; see `labelsOfCodes`. */
export function offsetCodes(positions: tf.Tensor, grid: Grid): tf.Tensor {
  const { rows, columns } = rasterPlace(positions, grid.columns);
  return tf.cast(tf.add(tf.mul(rows, offsetGrid(grid).columns), columns), 'int32');
}

/** The label of a pair is the difference of its codes plus the class of no offset: `int32`, broadcast. */
export function labelsOfCodes(queries: tf.Tensor, keys: tf.Tensor, grid: Grid): tf.Tensor {
  const noOffset = (relativeClassCount(grid) - 1) / 2;
  return tf.add(tf.sub(queries, keys), tf.scalar(noOffset, 'int32'));
}

/**
 * The class of every ordered pair of tokens of an image, a token with itself included: where the query lies as seen from
 * the key, `(row_i - row_j + R - 1) · (2S - 1) + (column_i - column_j + S - 1)` for query i and key j on R rows and S columns.
 *
 * @param positions `[batch, length] int32`, in any order and not necessarily all
 * @returns `[batch, length, length] int32`, query by key
 * @source Zhang & Gong, AAAI 2023 (arXiv 2206.04981): the relative position label, which is Swin's relative index;
 *   paper and code have square grids, rectangles are our reading
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { relativeLabels } from '@whereabouts/position-labels';
 *
 * const positions = tf.tensor2d([[0, 1, 2, 3, 4, 5, 6, 7, 8]], [1, 9], 'int32');
 * const labels = relativeLabels(positions, { rows: 3, columns: 3 }).arraySync()[0]!;
 * labels[4]; // => [18, 17, 16, 13, 12, 11, 8, 7, 6]
 * ```
 */
export function relativeLabels(positions: tf.Tensor2D, grid: Grid): tf.Tensor3D {
  return tf.tidy(() => {
    const codes = offsetCodes(positions, grid);
    return labelsOfCodes(tf.expandDims(codes, 2), tf.expandDims(codes, 1), grid) as tf.Tensor3D;
  });
}
