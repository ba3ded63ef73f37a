import * as tf from '@tensorflow/tfjs-core';
import { rasterPlace } from './raster.js';
import { weightedMean } from './weighted-mean.js';

/** How well places were told; each `[] float32`, a mean over all that was predicted (or that has a weight). No gradient. */
export interface PositionMetrics extends Readonly<Record<string, tf.Scalar>> {
  /** Share whose largest logit is the label's (top-1). */
  readonly accuracy: tf.Scalar;
  /** Share that is off by at most one row and at most one column. */
  readonly withinOne: tf.Scalar;
  /** Straight-line distance between the predicted and the true place, in cells. */
  readonly distance: tf.Scalar;
}

/**
 * Compares logits over the places of a raster with the true places.
 *
 * @param logits `[rows, places] float32`
 * @param labels `[rows] int32`, raster indices
 * @param columns of the raster
 * @param weights `[rows] float32`, how much each row counts in the means; all alike unless given
 */
export function positionMetrics(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  columns: number,
  weights?: tf.Tensor1D,
): PositionMetrics {
  const guessed = rasterPlace(tf.argMax(logits, -1), columns);
  const wanted = rasterPlace(labels, columns);
  const down = tf.sub(guessed.rows, wanted.rows);
  const right = tf.sub(guessed.columns, wanted.columns);
  const cells = tf.maximum(tf.abs(down), tf.abs(right));
  const mean = (values: tf.Tensor) =>
    weights === undefined ? (tf.mean(values) as tf.Scalar) : weightedMean(values, weights);
  const shareUpTo = (limit: number) => mean(tf.cast(tf.lessEqual(cells, limit), 'float32'));
  return {
    accuracy: shareUpTo(0),
    withinOne: shareUpTo(1),
    distance: mean(tf.sqrt(tf.add(tf.square(down), tf.square(right)))),
  };
}
