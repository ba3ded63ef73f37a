import * as tf from '@tensorflow/tfjs-core';
import { type PositionMetrics, positionMetrics } from './position-metrics.js';

/** All pairs of some queries with some keys of the same images, and the classifier of their sums. */
export interface PairTile {
  /** `[images, queries, hidden] float32` */
  readonly queries: tf.Tensor3D;
  /** `[images, keys, hidden] float32` */
  readonly keys: tf.Tensor3D;
  /** `[hidden, classes] float32` */
  readonly weight: tf.Tensor2D;
  /** `[classes] float32` */
  readonly bias: tf.Tensor1D;
  /** `[images · queries · keys] int32` */
  readonly labels: tf.Tensor1D;
  /** Of the raster that classes are places in. */
  readonly columns: number;
}

// A type, not an interface, because `tidy` hands over records with an index signature only.
/** The gradients of the sum (not the mean) of cross-entropies, each of the shape of what it belongs to. */
export type PairGradients = {
  readonly queries: tf.Tensor;
  readonly keys: tf.Tensor;
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
};

/**
 * Computes the loss of every pair of a tile, `gelu(query + key) · weight + bias` against its label.
 *
 * Few passes over `[pairs, classes]`, which is what takes time: the bias is one more row of the weight; softmax's
 * division, and the 1 that its gradient has at the label, are taken from what `[pairs, hidden]` holds.
 *
 * @returns `loss`, `[] float32`, the mean; and what computes metrics and gradients from the same intermediate values
 */
export function pairTile(tile: PairTile): {
  readonly loss: tf.Scalar;
  readonly metrics: () => PositionMetrics;
  readonly gradients: () => PairGradients;
} {
  const { queries, keys, weight, bias, labels, columns } = tile;
  const [hidden, classes] = weight.shape;
  const [pairs] = labels.shape;
  const shape = [queries.shape[0], queries.shape[1], keys.shape[1], hidden];

  const sums = tf.reshape(tf.add(tf.expandDims(queries, 2), tf.expandDims(keys, 1)), [-1, hidden]); // [pairs, hidden]
  const below = tf.mul(tf.add(tf.erf(tf.mul(sums, Math.SQRT1_2)), 1), 0.5); // share of the normal distribution below
  const active = tf.concat([tf.mul(sums, below), tf.ones([pairs, 1])], 1) as tf.Tensor2D; // gelu, then 1 for the bias
  const classifier = tf.concat([weight, tf.expandDims(bias, 0) as tf.Tensor2D]) as tf.Tensor2D;
  const logits = tf.matMul(active, classifier) as tf.Tensor2D; // [pairs, classes]

  const largest = tf.max(logits, -1) as tf.Tensor1D; // [pairs]
  const exponentials = tf.exp(tf.sub(logits, tf.expandDims(largest, 1))) as tf.Tensor2D;
  const total = tf.sum(exponentials, -1, true); // [pairs, 1]
  const wanted = logitsAt(logits, labels);
  const loss = tf.mean(tf.add(tf.sub(largest, wanted), tf.log(tf.reshape(total, [pairs])))) as tf.Scalar;

  const gradients = () => {
    const density = tf.mul(tf.exp(tf.mul(tf.square(sums), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    const slope = tf.add(below, tf.mul(sums, density)); // of the gelu
    const byClass = tf.transpose(weight) as tf.Tensor2D; // [classes, hidden]
    const ofGuess = tf.div(tf.matMul(exponentials, byClass), total); // [pairs, hidden]
    const ofActive = tf.sub(ofGuess, tf.gather(byClass, labels));
    const ofSums = tf.reshape(tf.mul(ofActive, slope), shape);
    const guesses = tf.matMul(tf.transpose(tf.div(active, total) as tf.Tensor2D), exponentials); // [hidden + 1, classes]
    const truths = tf.scatterND(tf.expandDims(labels, 1), active, [classes, hidden + 1]);
    const ofClassifier = tf.sub(guesses, tf.transpose(truths));
    return {
      queries: tf.sum(ofSums, 2), // [images, queries, hidden]
      keys: tf.sum(ofSums, 1), // [images, keys, hidden]
      weight: tf.slice(ofClassifier, [0, 0], [hidden, classes]),
      bias: tf.reshape(tf.slice(ofClassifier, [hidden, 0], [1, classes]), [classes]),
    };
  };
  return { loss, metrics: () => positionMetrics(logits, labels, columns), gradients };
}

// One logit per row: `[rows, classes] float32` at places `[rows] int32` is `[rows] float32`.
function logitsAt(logits: tf.Tensor2D, places: tf.Tensor1D): tf.Tensor1D {
  const [rows, classes] = logits.shape;
  const starts = tf.range(0, rows * classes, classes, 'int32');
  return tf.gather(tf.reshape(logits, [-1]), tf.add(starts, places) as tf.Tensor1D) as tf.Tensor1D;
}
