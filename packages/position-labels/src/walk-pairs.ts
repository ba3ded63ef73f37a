import * as tf from '@tensorflow/tfjs-core';
import type { Grid } from '@whereabouts/layers';
import { type PairGradients, pairTile } from './pair-tile.js';
import { pairTiles, type Run } from './pair-tiles.js';
import type { PositionMetrics } from './position-metrics.js';
import { labelsOfCodes, offsetGrid } from './relative-labels.js';

/** All ordered pairs of tokens of every image, before they meet. */
export interface Pairs {
  /** `[batch, length, hidden] float32`, what a token adds to a pair as its query. */
  readonly queries: tf.Tensor3D;
  /** `[batch, length, hidden] float32`, what a token adds to a pair as its key. */
  readonly keys: tf.Tensor3D;
  /** `[hidden, classes] float32`, from the GELU of their sum to logits. */
  readonly weight: tf.Tensor2D;
  /** `[classes] float32` */
  readonly bias: tf.Tensor1D;
  /** `[batch, length] int32`, see `offsetCodes`. */
  readonly codes: tf.Tensor2D;
}

// A sum that keeps nothing alive but itself.
function runningSum() {
  let sum: tf.Tensor | undefined;
  return {
    add: (part: tf.Tensor) => {
      const before = sum;
      sum = before === undefined ? part : tf.add(before, part);
      if (before !== undefined) tf.dispose([before, part]);
    },
    result: () => sum as tf.Tensor,
  };
}

/**
 * Computes the loss of all pairs one tile at a time; the intermediate values of one tile are gone before the next.
 *
 * @param options.numbers what the widest tensor of a tile may hold
 * @param options.metricsOf whose pairs the metrics are means over: those of all images, or of the first few, as many as
 *   a tile holds and one at least
 * @returns `means`, `[4] float32`: loss, accuracy, withinOne, distance; and, if wanted, the gradients of the sum of all
 *   losses
 */
export function walkPairs(
  pairs: Pairs,
  grid: Grid,
  options: {
    readonly numbers: number;
    readonly gradients: boolean;
    readonly metricsOf: 'all images' | 'first images';
  },
): { readonly means: tf.Tensor; readonly gradients: PairGradients | undefined } {
  const [batch, length] = pairs.queries.shape;
  const widest = Math.max(...pairs.weight.shape);
  const loss = runningSum();
  const metrics = runningSum();
  const weight = runningSum();
  const bias = runningSum();
  const queries: tf.Tensor[] = [];
  const keys: tf.Tensor[] = [];
  const tiles = pairTiles({ batch, length, pairs: Math.floor(options.numbers / widest) });
  const measured = options.metricsOf === 'all images' ? tiles : tiles.slice(0, 1);
  const measuredImages = measured.reduce((sum, { images }) => sum + images.size, 0);
  for (const tile of tiles) {
    const keysOfImages = runningSum();
    const queriesOfImages: tf.Tensor[] = [];
    for (const run of tile.queries) {
      const share = (tile.images.size * run.size) / length;
      const part = tf.tidy(() => {
        const { loss, metrics, gradients } = pairTile(cutTile(pairs, grid, tile.images, run));
        return {
          loss: tf.mul(loss, share / batch),
          metrics: measured.includes(tile) ? tf.mul(inOrder(metrics()), share / measuredImages) : undefined,
          gradients: options.gradients ? gradients() : undefined,
        };
      });
      loss.add(part.loss);
      if (part.metrics !== undefined) metrics.add(part.metrics);
      if (part.gradients === undefined) continue;
      weight.add(part.gradients.weight);
      bias.add(part.gradients.bias);
      keysOfImages.add(part.gradients.keys);
      queriesOfImages.push(part.gradients.queries);
    }
    if (!options.gradients) continue;
    keys.push(keysOfImages.result());
    queries.push(tf.concat(queriesOfImages, 1));
  }
  return {
    means: tf.concat([tf.reshape(loss.result(), [1]), metrics.result()]),
    gradients: options.gradients
      ? { queries: tf.concat(queries), keys: tf.concat(keys), weight: weight.result(), bias: bias.result() }
      : undefined,
  };
}

function inOrder({ accuracy, withinOne, distance }: PositionMetrics): tf.Tensor {
  return tf.stack([accuracy, withinOne, distance]);
}

function cutTile({ queries, keys, weight, bias, codes }: Pairs, grid: Grid, images: Run, run: Run) {
  const [, length, hidden] = queries.shape;
  const queryCodes = tf.slice(codes, [images.begin, run.begin], [images.size, run.size]);
  const keyCodes = tf.slice(codes, [images.begin, 0], [images.size, length]);
  const labels = labelsOfCodes(tf.expandDims(queryCodes, 2), tf.expandDims(keyCodes, 1), grid);
  return {
    queries: tf.slice(queries, [images.begin, run.begin, 0], [images.size, run.size, hidden]),
    keys: tf.slice(keys, [images.begin, 0, 0], [images.size, length, hidden]),
    weight,
    bias,
    labels: tf.reshape(labels, [-1]) as tf.Tensor1D,
    columns: offsetGrid(grid).columns,
  };
}
