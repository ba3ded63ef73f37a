import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The class of every token: its raster index on the grid, so a grid of R rows and S columns has R · S classes.
 *
 * @param positions `[batch, length] int32`
 * @returns `[batch · length] int32`, tokens of one image after another
 * @source Zhang & Gong, AAAI 2023 (arXiv 2206.04981): the absolute position label
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { absoluteLabels } from '@whereabouts/position-labels';
 *
 * Array.from(absoluteLabels(tf.tensor2d([[4, 0], [2, 3]], [2, 2], 'int32')).dataSync()); // => [4, 0, 2, 3]
 * ```
 */
export function absoluteLabels(positions: Tensor2D): Tensor1D {
  return tf.reshape(positions, [-1]);
}
