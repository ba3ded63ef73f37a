import * as tf from '@tensorflow/tfjs-core';
import { type Grid, positionCount } from '@whereabouts/layers';
import { rasterPlace } from './raster.js';

/**
 * Spreads each label over the cells around it: for a token at position i, cell j gets a share proportional to
 * `exp(-d² / σ²)`, where d is their straight-line distance in cells. Every row sums to 1.
 *
 * @param labels `[rows] int32`, raster indices
 * @param sigma in cells, a number or `[] float32`; 0 puts all on the label itself
 * @returns `[rows, positions] float32`
 * @source Wang et al. 2023 (DropPos). The released code builds the table for a grid of 16 x 16 whatever the model's, and
 *   divides by the sums of columns; here rows sum to 1 on the true grid, which may be a rectangle
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { smoothLabels } from '@whereabouts/position-labels';
 *
 * const shares = smoothLabels(tf.tensor1d([4], 'int32'), { rows: 3, columns: 3 }, 1);
 * Array.from(shares.dataSync(), (share) => Number(share.toFixed(3))); // => [0.045, 0.122, 0.045, 0.122, 0.332, 0.122, 0.045, 0.122, 0.045]
 * ```
 */
export function smoothLabels(labels: tf.Tensor1D, grid: Grid, sigma: tf.Scalar | number): tf.Tensor2D {
  return tf.tidy(() => {
    const here = rasterPlace(tf.expandDims(labels, 1), grid.columns); // [rows, 1]
    const there = rasterPlace(tf.range(0, positionCount(grid), 1, 'int32'), grid.columns); // [positions]
    const distance = tf.add(
      tf.square(tf.sub(here.rows, there.rows)),
      tf.square(tf.sub(here.columns, there.columns)),
    ); // [rows, positions], squared
    const variance = tf.maximum(tf.square(sigma), 1e-6);
    return tf.softmax(tf.neg(tf.div(distance, variance))) as tf.Tensor2D;
  });
}
