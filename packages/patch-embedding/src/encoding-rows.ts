import * as tf from '@tensorflow/tfjs-core';
import { selectRows } from './select-rows.js';

/**
 * The rows of a table `[prefix + positions, channels] float32` for the whole grid, or for given positions, as
 * `PositionEncoding.rows` promises them.
 */
export function encodingRows(table: tf.Tensor2D, prefix: number, positions?: tf.Tensor2D): tf.Tensor3D {
  if (positions === undefined) return tf.expandDims(table, 0);
  if (prefix === 0) return selectRows(table, positions);
  const [batch] = positions.shape;
  const ahead = tf.tile(tf.expandDims(tf.range(0, prefix, 1, 'int32'), 0), [batch, 1]); // [batch, prefix]
  const behind = tf.add(positions, tf.scalar(prefix, 'int32'));
  return selectRows(table, tf.concat([ahead, behind], 1) as tf.Tensor2D);
}
