import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '@whereabouts/layers';

/**
 * Appends rows and columns of zeros until `unit` divides the grid:
 * `[batch, rows, columns, channels] float32` to the same with more rows and columns.
 */
export function padGrid(tokens: tf.Tensor4D, unit: Grid): tf.Tensor4D {
  const [, rows, columns] = tokens.shape;
  const { rows: down, columns: across } = paddedGrid({ rows, columns }, unit);
  if (down === rows && across === columns) return tokens;
  return tf.pad4d(tokens, [
    [0, 0],
    [0, down - rows],
    [0, across - columns],
    [0, 0],
  ]);
}

/** The smallest grid that holds another and that `unit` divides. */
export function paddedGrid(grid: Grid, unit: Grid): Grid {
  return {
    rows: Math.ceil(grid.rows / unit.rows) * unit.rows,
    columns: Math.ceil(grid.columns / unit.columns) * unit.columns,
  };
}

/** Takes appended rows and columns away again. */
export function cropGrid(tokens: tf.Tensor4D, grid: Grid): tf.Tensor4D {
  const [batch, rows, columns, channels] = tokens.shape;
  if (grid.rows === rows && grid.columns === columns) return tokens;
  return tf.slice4d(tokens, [0, 0, 0, 0], [batch, grid.rows, grid.columns, channels]);
}
