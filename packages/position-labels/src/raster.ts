import * as tf from '@tensorflow/tfjs-core';

/** Where cells lie in a raster: float32 tensors of the shape of the indices, holding whole numbers. */
export interface RasterPlace {
  readonly rows: tf.Tensor;
  readonly columns: tf.Tensor;
}

// Backends divide int32 differently. The half keeps every quotient off the whole numbers by more than float32 rounds,
// so this is exact for indices below 2^22.
function rowsOf(indices: tf.Tensor, columns: number): tf.Tensor {
  return tf.floor(tf.div(tf.add(tf.cast(indices, 'float32'), 0.5), columns));
}

/** Splits raster indices, `int32` of any shape, into rows and columns. */
export function rasterPlace(indices: tf.Tensor, columns: number): RasterPlace {
  const rows = rowsOf(indices, columns);
  return { rows, columns: tf.sub(tf.cast(indices, 'float32'), tf.mul(rows, columns)) };
}
