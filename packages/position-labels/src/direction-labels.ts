import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '@whereabouts/layers';
import { rasterPlace } from './raster.js';

/** -1, 0 or 1 as `float32`; `tf.sign` by comparisons, which every backend has. */
function signOf(differences: tf.Tensor): tf.Tensor {
  const isTrue = (condition: tf.Tensor) => tf.cast(condition, 'float32');
  return tf.sub(isTrue(tf.greater(differences, 0)), isTrue(tf.less(differences, 0)));
}

/**
 * The direction of every ordered pair of tokens of an image, a token with itself included: in which of nine directions
 * query i lies as seen from key j, `3 · (sign(row_i - row_j) + 1) + sign(column_i - column_j) + 1`. 0 is up and left, 4 the
 * token itself, 8 down and right.
 *
 * @param positions `[batch, length] int32`, in any order and not necessarily all
 * @returns `[batch, length, length] int32`, query by key
 * @source Camporese et al. 2022 (RelViT): the released code's relations, which have square grids; rectangles are our reading
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { directionLabels } from '@whereabouts/position-labels';
 *
 * const positions = tf.tensor2d([[0, 1, 2, 3, 4, 5]], [1, 6], 'int32');
 * const labels = directionLabels(positions, { rows: 2, columns: 3 }).arraySync()[0]!;
 * labels[1]; // => [5, 4, 3, 2, 1, 0]
 * ```
 */
export function directionLabels(positions: tf.Tensor2D, grid: Grid): tf.Tensor3D {
  return tf.tidy(() => {
    const { rows, columns } = rasterPlace(positions, grid.columns);
    const between = (places: tf.Tensor) => signOf(tf.sub(tf.expandDims(places, 2), tf.expandDims(places, 1)));
    const classes = tf.add(tf.add(tf.mul(between(rows), 3), between(columns)), 4);
    return tf.cast(classes, 'int32') as tf.Tensor3D;
  });
}
