// @ts-check
import * as tf from '@tensorflow/tfjs-core';
import {
  attention,
  createRandom,
  dropPath,
  gatherVariables,
  layerNorm,
  linear,
  mlp,
  positionCount,
  smallNormal,
  variable,
  within,
} from '@whereabouts/layers';
import { gridOf, patchEmbedding, patchify, sidesOf, unpatchify } from '@whereabouts/patch-embedding';

/**
 * @import { Backbone, Grid, Layer, Random } from '@whereabouts/layers'
 * @import { ImageSize } from '@whereabouts/patch-embedding'
 */

/**
 * @typedef {object} NestOptions
 * @property {number | ImageSize} imageSize in pixels
 * @property {number} [patchSize] in pixels; 4 unless given
 * @property {readonly number[]} [depths] layers of each level, from the finest; [2, 2, 8] unless given
 * @property {number} [channels] of the finest level, twice as many in each level after it; 96 unless given
 * @property {number} [heads] of the finest level, twice as many in each level after it; 3 unless given
 * @property {number} [blockSize] tokens along a side of a block; unless given, the last level of a square is one block
 * @property {number} [dropPath] rate of the last layer, rising evenly from 0 in the first; 0 unless given
 * @property {number} [seed] of the first weights; 0 unless given
 */

/**
 * NesT: attention within blocks of tokens, and between levels an aggregation across blocks, which halves the grid.
 *
 * Hands over the last level, its tokens block by block, and their average.
 *
 * @source Zhang et al. 2022, Nested Hierarchical Transformer; padding as in the authors' code. A level may end in several
 * blocks, so that images need not be square.
 * @param {NestOptions} options
 * @returns {Backbone}
 */
export default function nest(options) {
  const { imageSize, patchSize = 4, depths = [2, 2, 8], channels = 96, heads = 3, seed = 0 } = options;
  const random = createRandom({ seed, step: 0 }).fork('nest');
  const { height, width } = sidesOf(imageSize);
  const finest = gridOf(imageSize, patchSize);
  const halvings = 2 ** (depths.length - 1);
  const { blockSize = Math.floor(finest.rows / halvings) } = options;
  for (const side of [finest.rows, finest.columns])
    if (blockSize < 1 || side % (blockSize * halvings) !== 0)
      throw new Error(
        `NesT with ${depths.length} levels and blocks of ${blockSize} x ${blockSize} tokens needs a grid whose sides are ` +
          `multiples of ${blockSize * halvings}, but ${height} x ${width} px (height x width) in patches of ${patchSize} px ` +
          `make ${finest.rows} x ${finest.columns}. Choose another image size, patchSize, blockSize or fewer levels.`,
      );

  const embedding = patchEmbedding({
    patchSize,
    channels,
    random: random.fork('patchEmbedding'),
    initialise: smallNormal,
  });
  const rates = dropPathRates(options.dropPath ?? 0, sum(depths));
  const levels = depths.map((depth, index) =>
    level({
      grid: { rows: finest.rows / 2 ** index, columns: finest.columns / 2 ** index },
      blockSize,
      aggregates: index > 0,
      channels: channels * 2 ** index,
      heads: heads * 2 ** index,
      rates: rates.slice(sum(depths.slice(0, index))).slice(0, depth),
      random: random.fork(`levels.${index}`),
    }),
  );
  const norm = layerNorm({ channels: channels * halvings });
  const grid = { rows: finest.rows / halvings, columns: finest.columns / halvings };
  const length = positionCount(grid);

  return {
    spec: {
      contract: 1,
      stages: [{ grid, channels: channels * halvings, length }],
      pooled: channels * halvings,
      positionEncoding: 'absolute',
      positionSources: ['an encoding in every level', 'zero padding of the convolutions between levels'],
    },
    variables: gatherVariables({
      patchEmbedding: embedding,
      ...Object.fromEntries(levels.map((each, index) => [`levels.${index}`, each])),
      norm,
    }),
    undecayed: levels.map((_, index) => `levels.${index}.positionEncoding`),
    layerGroups: [
      ['patchEmbedding'],
      ...depths.flatMap((depth, index) =>
        Array.from({ length: depth }, (_, layer) => [
          `levels.${index}.layers.${layer}`,
          ...(layer === 0 ? [`levels.${index}.positionEncoding`] : []),
          ...(layer === 0 && index > 0 ? [`levels.${index}.aggregation`] : []),
          ...(layer === depth - 1 && index === depths.length - 1 ? ['norm'] : []),
        ]),
      ),
    ],
    apply: (images, pass) => {
      const [batch, givenHeight, givenWidth] = images.shape;
      if (givenHeight !== height || givenWidth !== width)
        throw new Error(
          `The images are ${givenHeight} x ${givenWidth} px (height x width), but this NesT was made for ${height} x ${width} px.`,
        );
      const tokens = embedding.apply(patchify(images, patchSize)); // [batch, positions, channels]
      /** @type {tf.Tensor4D} */
      let map = tf.reshape(tokens, [batch, finest.rows, finest.columns, channels]);
      levels.forEach((each, index) => {
        map = each.apply(map, within(pass, `levels.${index}`)); // [batch, rows, columns, channels]
      });
      const mixed = norm.apply(intoBlocks(map, blockSize)); // [batch, length, channels]
      // The positions go the way of the tokens, so they cannot but tell the truth.
      const raster = tf.reshape(tf.range(0, length, 1, 'int32'), [1, grid.rows, grid.columns, 1]);
      const places = tf.reshape(intoBlocks(/** @type {tf.Tensor4D} */ (raster), blockSize), [1, length]);
      const positions = /** @type {tf.Tensor2D} */ (tf.tile(places, [batch, 1]));
      return { stages: [{ tokens: mixed, positions, grid }], pooled: tf.mean(mixed, 1) };
    },
  };
}

/**
 * From a map to tokens that lie block by block, in raster order within each.
 *
 * @param {tf.Tensor4D} map `[batch, rows, columns, channels]`
 * @param {number} blockSize
 * @returns {tf.Tensor3D} `[batch, rows * columns, channels]`
 */
function intoBlocks(map, blockSize) {
  const [batch, rows, columns, channels] = map.shape;
  return tf.reshape(patchify(map, blockSize), [batch, rows * columns, channels]);
}

/**
 * One level: the aggregation that leads to it, unless it is the first; the encoding; its layers.
 *
 * @param {{ grid: Grid, blockSize: number, aggregates: boolean, channels: number, heads: number, rates: readonly number[], random: Random }} options
 * @returns {Layer<tf.Tensor4D, tf.Tensor4D>} maps to maps
 */
function level({ grid, blockSize, aggregates, channels, heads, rates, random }) {
  const { rows, columns } = grid;
  const blocks = { rows: rows / blockSize, columns: columns / blockSize };
  const merging = aggregates ? [aggregation(channels / 2, channels, random.fork('aggregation'))] : [];
  const positionEncoding = variable(smallNormal(random, 'positionEncoding', [positionCount(grid), channels]));
  const layers = rates.map((rate, index) =>
    blockLayer({
      blockLength: blockSize ** 2,
      channels,
      heads,
      rate,
      random: random.fork(`layers.${index}`),
    }),
  );
  return {
    variables: {
      positionEncoding,
      ...gatherVariables({
        ...Object.fromEntries(merging.map((each) => ['aggregation', each])),
        ...Object.fromEntries(layers.map((layer, index) => [`layers.${index}`, layer])),
      }),
    },
    apply: (map, pass) => {
      const merged = merging.reduce((flow, each) => each.apply(flow, pass), map);
      /** @type {tf.Tensor4D} */
      const placed = tf.add(merged, tf.reshape(positionEncoding, [rows, columns, channels]));
      let tokens = intoBlocks(placed, blockSize);
      layers.forEach((layer, index) => {
        tokens = layer.apply(tokens, within(pass, `layers.${index}`));
      });
      const perBlock = tf.reshape(tokens, [map.shape[0], positionCount(blocks), blockSize ** 2 * channels]);
      return unpatchify(/** @type {tf.Tensor3D} */ (perBlock), { grid: blocks, patchSize: blockSize });
    },
  };
}

/**
 * A transformer layer whose attention stays within blocks; a whole image is dropped or kept.
 *
 * @param {{ blockLength: number, channels: number, heads: number, rate: number, random: Random }} options
 * @returns {Layer<tf.Tensor3D, tf.Tensor3D>} tokens block by block to the same
 */
function blockLayer({ blockLength, channels, heads, rate, random }) {
  const norm1 = layerNorm({ channels });
  const mixing = attention({ channels, heads, random: random.fork('attention') });
  const norm2 = layerNorm({ channels });
  const feedForward = mlp({ channels, hidden: 4 * channels, random: random.fork('mlp') });
  return {
    variables: gatherVariables({ norm1, attention: mixing, norm2, mlp: feedForward }),
    apply: (tokens, pass) => {
      const blocks = tf.reshape(norm1.apply(tokens), [-1, blockLength, channels]); // [batch * blocks, blockLength, channels]
      const mixed = tf.reshape(mixing.apply(/** @type {tf.Tensor3D} */ (blocks), pass), tokens.shape);
      const between = tf.add(tokens, dropPath(mixed, rate, within(pass, 'attention')));
      const fed = feedForward.apply(norm2.apply(between));
      return tf.add(between, dropPath(fed, rate, within(pass, 'mlp')));
    },
  };
}

/**
 * Merges neighbouring blocks: a 3 x 3 convolution, LayerNorm, and a 3 x 3 maximum at every other place.
 *
 * wasm has no gradient for `tf.conv2d`, and that of `tf.maxPool` is zero there where a window is negative throughout. So
 * the convolution is a product of nine neighbours, and the maximum goes along rows and then along columns.
 *
 * @param {number} inputs
 * @param {number} outputs
 * @param {Random} random
 * @returns {Layer<tf.Tensor4D, tf.Tensor4D>} `[batch, rows, columns, inputs]` to `[batch, rows / 2, columns / 2, outputs]`
 */
function aggregation(inputs, outputs, random) {
  const convolution = linear({ inputs: 9 * inputs, outputs, random: random.fork('convolution') });
  const norm = layerNorm({ channels: outputs });
  return {
    variables: gatherVariables({ convolution, norm }),
    apply: (map) => {
      const [, rows, columns] = map.shape;
      const padded = tf.pad(map, [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]);
      const neighbours = [0, 1, 2].flatMap((row) =>
        [0, 1, 2].map((column) => tf.slice(padded, [0, row, column, 0], [-1, rows, columns, -1])),
      );
      const convolved = convolution.apply(tf.concat(neighbours, 3)); // [batch, rows, columns, outputs]
      const alongRows = largestOfThree(tf.reshape(norm.apply(convolved), [-1, columns, outputs])); // [batch * rows, columns / 2, outputs]
      const whole = largestOfThree(tf.reshape(alongRows, [-1, rows, (columns / 2) * outputs]));
      return tf.reshape(whole, [-1, rows / 2, columns / 2, outputs]);
    },
  };
}

/**
 * The largest of each number at an even place, the one after it and the one after that, where there is one.
 *
 * @param {tf.Tensor3D} sequence `[batch, length, channels]`
 * @returns {tf.Tensor3D} `[batch, length / 2, channels]`
 */
function largestOfThree(sequence) {
  const [batch, length, channels] = sequence.shape;
  const pairs = tf.reshape(sequence, [batch, length / 2, 2 * channels]);
  const first = tf.slice(pairs, [0, 0, 0], [-1, -1, channels]);
  const second = tf.slice(pairs, [0, 0, channels], [-1, -1, channels]);
  const third = tf.concat([tf.slice(first, [0, 1, 0]), tf.slice(second, [0, length / 2 - 1, 0])], 1);
  return tf.maximum(tf.maximum(first, second), third);
}

/**
 * Drop-path rates of all layers, rising evenly from 0.
 *
 * @param {number} last rate of the last layer
 * @param {number} count of the layers
 */
function dropPathRates(last, count) {
  return Array.from({ length: count }, (_, layer) => (last * layer) / Math.max(1, count - 1));
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
