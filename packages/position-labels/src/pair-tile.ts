import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from '@whereabouts/layers';
import { positionMetrics } from './position-metrics.js';

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
 * @returns `means`, `[4] float32`: loss, accuracy, withinOne, distance; and what computes the gradients from the same
 *   intermediate values
 */
export function pairTile(tile: PairTile): { means: tf.Tensor; gradients: () => PairGradients } {
  const { queries, keys, weight, bias, labels, columns } = tile;
  const [hidden, classes] = weight.shape;
  const shape = [queries.shape[0], queries.shape[1], keys.shape[1], hidden];

  const sums = tf.reshape(tf.add(tf.expandDims(queries, 2), tf.expandDims(keys, 1)), [-1, hidden]); // [pairs, hidden]
  const below = tf.mul(tf.add(tf.erf(tf.mul(sums, Math.SQRT1_2)), 1), 0.5); // share of the normal distribution below
  const active = tf.mul(sums, below) as tf.Tensor2D; // gelu
  const logits = tf.add(tf.matMul(active, weight), bias) as tf.Tensor2D; // [pairs, classes]
  const probabilities = tf.softmax(logits);
  const wanted = oneHot(labels, classes);

  // The largest probability is 1 / Σ exp(logit - largest logit): softmax has summed this already.
  const lacking = tf.sub(tf.max(logits, -1), tf.sum(tf.mul(logits, wanted), -1));
  const loss = tf.mean(tf.sub(lacking, tf.log(tf.max(probabilities, -1))));
  const { accuracy, withinOne, distance } = positionMetrics(logits, labels, columns);

  const gradients = () => {
    const ofLogits = tf.sub(probabilities, wanted) as tf.Tensor2D;
    const density = tf.mul(tf.exp(tf.mul(tf.square(sums), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    const slope = tf.add(below, tf.mul(sums, density)); // of the gelu
    const ofActive = tf.matMul(ofLogits, tf.transpose(weight)); // [pairs, hidden]
    const ofSums = tf.reshape(tf.mul(ofActive, slope), shape);
    return {
      queries: tf.sum(ofSums, 2), // [images, queries, hidden]
      keys: tf.sum(ofSums, 1), // [images, keys, hidden]
      weight: tf.matMul(tf.transpose(active), ofLogits),
      bias: tf.sum(ofLogits, 0),
    };
  };
  return { means: tf.stack([loss, accuracy, withinOne, distance]), gradients };
}
