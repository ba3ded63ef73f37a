import * as tf from '@tensorflow/tfjs-core';
import { type Grid, positionCount } from '@whereabouts/layers';

/** All positions of a grid in raster order, for each image: `[batch, positions] int32`. */
export function everyPosition(grid: Grid, batch: number): tf.Tensor2D {
  const positions = tf.expandDims<tf.Tensor2D>(tf.range(0, positionCount(grid), 1, 'int32'), 0);
  return tf.tile(positions, [batch, 1]);
}
