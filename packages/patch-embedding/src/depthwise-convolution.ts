import * as tf from '@tensorflow/tfjs-core';
import { operation } from '@whereabouts/layers';

/** The nine places of a 3 x 3 window, row by row. */
const places = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [row, column] as const));

const surround = (maps: tf.Tensor4D) =>
  tf.pad(maps, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);

/** Surrounded maps, moved so that every cell holds the neighbour at this place of its window. */
const neighbours = (surrounded: tf.Tensor4D, [row, column]: readonly [number, number]) => {
  const [batch, rows, columns, channels] = surrounded.shape;
  return tf.slice(surrounded, [0, row, column, 0], [batch, rows - 2, columns - 2, channels]);
};

/** Weighs the window around every cell: `[batch, rows, columns, channels]` and nine factors `[channels]`. */
function weigh(maps: tf.Tensor4D, factors: readonly tf.Tensor[]): tf.Tensor4D {
  const surrounded = surround(maps);
  return tf.addN(
    places.map((place, index) => tf.mul(neighbours(surrounded, place), factors[index] as tf.Tensor)),
  ) as tf.Tensor4D;
}

/** The sum over all but the last axis; a product with ones, which is fast on every backend. */
function sumPerChannel(maps: tf.Tensor4D): tf.Tensor1D {
  const channels = maps.shape[3];
  const rows = tf.reshape<tf.Rank.R2>(maps, [-1, channels]);
  return tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]), rows), [channels]);
}

const convolve = operation((...inputs) => {
  const [maps, weight] = inputs as [tf.Tensor4D, tf.Tensor3D];
  const factorsOf = (kernel: tf.Tensor3D) => tf.unstack(tf.reshape(kernel, [9, weight.shape[2]]));
  return {
    value: weigh(maps, factorsOf(weight)),
    saved: [maps, weight],
    gradient: (upstream, saved) => {
      const [maps, weight] = saved as [tf.Tensor4D, tf.Tensor3D];
      const rise = upstream as tf.Tensor4D;
      const surrounded = surround(maps);
      const slopes = places.map((place) => sumPerChannel(tf.mul(rise, neighbours(surrounded, place))));
      return [weigh(rise, factorsOf(weight).reverse()), tf.reshape(tf.stack(slopes), weight.shape)];
    },
  };
});

/**
 * A depthwise 3 x 3 convolution with a zero all around: `maps [batch, rows, columns, channels] float32` to the same shape.
 *
 * Nine shifted copies, since `depthwiseConv2d` has no gradient on wasm.
 *
 * @param weight `[3, 3, channels] float32`
 */
export function depthwiseConvolution(maps: tf.Tensor4D, weight: tf.Tensor3D): tf.Tensor4D {
  return convolve(maps, weight) as tf.Tensor4D;
}
