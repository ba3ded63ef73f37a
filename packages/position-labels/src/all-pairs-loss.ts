import * as tf from '@tensorflow/tfjs-core';
import { type Grid, operation } from '@whereabouts/layers';
import { type Pairs, walkPairs } from './walk-pairs.js';

// Numbers in the widest tensor of a tile: 8 MiB of float32, which caches hold in part. Compiled, twice as much is a tenth
// slower and half of it hardly faster; op by op it is the other way round, by as much.
const tileNumbers = 2 ** 21;

/**
 * The mean cross-entropy over all ordered pairs of tokens of every image, exactly: no more than one tile's logits exist
 * at any moment, forward or backward.
 *
 * @param options.gradientNow true computes the gradient along with the loss, so that no tile is computed twice; false
 *   walks over the tiles again if the gradient is ever asked for
 * @param options.metricsOf whose pairs accuracy, withinOne and distance are means over, see `walkPairs`
 * @param options.numbers what the widest tensor of a tile may hold
 * @returns `[4] float32`: loss, accuracy, withinOne, distance; only the loss has a gradient
 */
export function allPairsLoss(
  pairs: Pairs,
  grid: Grid,
  options: {
    readonly gradientNow: boolean;
    readonly metricsOf: 'all images' | 'first images';
    readonly numbers?: number;
  },
): tf.Tensor1D {
  const { gradientNow, metricsOf, numbers = tileNumbers } = options;
  const [batch, length] = pairs.queries.shape;

  // From the gradients of the sum of all losses to those of the mean, times what comes from above.
  const scaled = (upstream: tf.Tensor, gradients: readonly tf.Tensor[]) => {
    const scale = tf.div(tf.reshape(tf.slice(upstream, [0], [1]), []), batch * length ** 2);
    return gradients.map((gradient) => tf.mul(gradient, scale));
  };
  const walk = (inputs: readonly tf.Tensor[], gradients: boolean) => {
    const [queries, keys, weight, bias, codes] = inputs as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor2D,
      tf.Tensor1D,
      tf.Tensor2D,
    ];
    const result = walkPairs({ queries, keys, weight, bias, codes }, grid, { numbers, gradients, metricsOf });
    const { gradients: found } = result;
    return {
      means: result.means,
      gradients: found === undefined ? [] : [found.queries, found.keys, found.weight, found.bias],
    };
  };

  const loss = operation((...inputs) => {
    const all = [...inputs, pairs.codes]; // whole numbers: no gradient, but the way back needs them
    const { means, gradients } = walk(all, gradientNow);
    return {
      value: means,
      saved: gradientNow ? gradients : all,
      gradient: (upstream, saved) => scaled(upstream, gradientNow ? saved : walk(saved, true).gradients),
    };
  });
  return loss(pairs.queries, pairs.keys, pairs.weight, pairs.bias) as tf.Tensor1D;
}
