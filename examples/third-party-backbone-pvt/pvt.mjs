// @ts-check
import * as tf from '@tensorflow/tfjs-core';
import {
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
import { gridOf, patchEmbedding, patchify, sidesOf } from '@whereabouts/patch-embedding';

/**
 * @import { Backbone, Grid, Layer, Random, TokenMap } from '@whereabouts/layers'
 * @import { ImageSize } from '@whereabouts/patch-embedding'
 */

/**
 * @typedef {object} StageOptions
 * @property {number} channels of a token
 * @property {number} depth how many layers
 * @property {number} heads of attention; they divide `channels`
 * @property {number} reduction side of the squares of tokens that keys and values are averaged over by weights; 1 = each token
 * @property {number} mlpRatio hidden channels of the MLP per channel
 */

/**
 * @typedef {object} PvtOptions
 * @property {number | ImageSize} imageSize in pixels
 * @property {number} [patchSize] in pixels; 4 unless given
 * @property {readonly StageOptions[]} [stages] from the finest, each with a grid of half the side of the one before; PVT-Tiny's unless given
 * @property {number} [dropPath] rate of the last layer, rising evenly from 0 in the first; 0 unless given
 * @property {number} [seed] of the first weights; 0 unless given
 */

/** @type {readonly StageOptions[]} */
export const pvtTiny = [
  { channels: 64, depth: 2, heads: 1, reduction: 8, mlpRatio: 8 },
  { channels: 128, depth: 2, heads: 2, reduction: 4, mlpRatio: 8 },
  { channels: 320, depth: 2, heads: 5, reduction: 2, mlpRatio: 4 },
  { channels: 512, depth: 2, heads: 8, reduction: 1, mlpRatio: 4 },
];

/**
 * A pyramid vision transformer: four resolutions, and attention to keys and values on a coarser grid.
 *
 * Hands over every stage, its tokens in raster order, and the average of the last.
 *
 * @source Wang et al. 2021, Pyramid Vision Transformer. Without a class token, and with a norm after every stage, as in
 * its second version
 * @param {PvtOptions} options
 * @returns {Backbone}
 */
export default function pvt(options) {
  const { imageSize, patchSize = 4, stages: wanted = pvtTiny, seed = 0 } = options;
  const random = createRandom({ seed, step: 0 }).fork('pvt');
  const { height, width } = sidesOf(imageSize);
  const finest = gridOf(imageSize, patchSize);
  const rates = dropPathRates(options.dropPath ?? 0, sum(wanted.map(({ depth }) => depth)));
  const stages = wanted.map((stageOptions, index) => {
    const { channels, depth, heads, reduction } = stageOptions;
    const passed = sum(wanted.slice(0, index).map((before) => before.depth));
    const grid = { rows: finest.rows / 2 ** index, columns: finest.columns / 2 ** index };
    if (grid.rows % reduction !== 0 || grid.columns % reduction !== 0)
      throw new Error(
        `Stage ${index} of PVT averages squares of ${reduction} x ${reduction} tokens, which don't divide its grid of ` +
          `${grid.rows} x ${grid.columns} (from ${height} x ${width} px in patches of ${patchSize} px). ` +
          'Choose another image size, patchSize, reduction or fewer stages.',
      );
    if (channels % heads !== 0)
      throw new Error(`Stage ${index} of PVT has ${heads} heads, which don't divide ${channels} channels.`);
    return stage({
      ...stageOptions,
      grid,
      patchSize: index === 0 ? patchSize : 2,
      inputChannels: wanted[index - 1]?.channels ?? 3,
      rates: rates.slice(passed, passed + depth),
      random: random.fork(`stages.${index}`),
    });
  });

  return {
    spec: {
      contract: 1,
      stages: stages.map(({ grid, channels }) => ({ grid, channels, length: positionCount(grid) })),
      pooled: stages.at(-1)?.channels ?? 0,
      positionEncoding: 'absolute',
      positionSources: ['an encoding in every stage'],
    },
    variables: gatherVariables(Object.fromEntries(stages.map((each, index) => [`stages.${index}`, each]))),
    undecayed: stages.map((_, index) => `stages.${index}.positionEncoding`),
    layerGroups: wanted.flatMap(({ depth }, index) =>
      Array.from({ length: depth }, (_, layer) => [
        ...(layer === 0
          ? ['patchEmbedding', 'embeddingNorm', 'positionEncoding'].map((name) => `stages.${index}.${name}`)
          : []),
        `stages.${index}.layers.${layer}`,
        ...(layer === depth - 1 ? [`stages.${index}.norm`] : []),
      ]),
    ),
    apply: (images, pass) => {
      const [batch, givenHeight, givenWidth] = images.shape;
      if (givenHeight !== height || givenWidth !== width)
        throw new Error(
          `The images are ${givenHeight} x ${givenWidth} px (height x width), but this PVT was made for ${height} x ${width} px.`,
        );
      let map = images;
      /** @type {TokenMap[]} */
      const maps = [];
      for (const [index, { grid, channels, apply }] of stages.entries()) {
        const tokens = apply(map, within(pass, `stages.${index}`)); // [batch, length, channels]
        const raster = tf.reshape(tf.range(0, positionCount(grid), 1, 'int32'), [1, positionCount(grid)]);
        const positions = /** @type {tf.Tensor2D} */ (tf.tile(raster, [batch, 1]));
        maps.push({ tokens, positions, grid });
        map = tf.reshape(tokens, [batch, grid.rows, grid.columns, channels]);
      }
      return { stages: maps, pooled: tf.mean(/** @type {tf.Tensor4D} */ (map), [1, 2]) };
    },
  };
}

/**
 * One resolution: patches of the map before it, an encoding, layers, a norm.
 *
 * @param {StageOptions & { grid: Grid, patchSize: number, inputChannels: number, rates: readonly number[], random: Random }} options
 * @returns {Layer<tf.Tensor4D, tf.Tensor3D> & { grid: Grid, channels: number }} from a map to tokens in raster order
 */
function stage(options) {
  const { grid, channels, patchSize, inputChannels, rates, random } = options;
  const embedding = patchEmbedding({
    patchSize,
    channels,
    inputChannels,
    random: random.fork('patchEmbedding'),
  });
  const embeddingNorm = layerNorm({ channels, epsilon: 1e-5 });
  const positionEncoding = variable(smallNormal(random, 'positionEncoding', [positionCount(grid), channels]));
  const layers = rates.map((rate, index) =>
    reducingLayer({ ...options, rate, random: random.fork(`layers.${index}`) }),
  );
  const norm = layerNorm({ channels });
  return {
    grid,
    channels,
    variables: {
      positionEncoding,
      ...gatherVariables({
        patchEmbedding: embedding,
        embeddingNorm,
        ...Object.fromEntries(layers.map((layer, index) => [`layers.${index}`, layer])),
        norm,
      }),
    },
    apply: (map, pass) => {
      const embedded = embeddingNorm.apply(embedding.apply(patchify(map, patchSize)));
      /** @type {tf.Tensor3D} */
      let tokens = tf.add(embedded, positionEncoding);
      layers.forEach((layer, index) => {
        tokens = layer.apply(tokens, within(pass, `layers.${index}`));
      });
      return norm.apply(tokens);
    },
  };
}

/**
 * A transformer layer with spatial-reduction attention.
 *
 * @param {StageOptions & { grid: Grid, rate: number, random: Random }} options
 * @returns {Layer<tf.Tensor3D, tf.Tensor3D>} tokens in raster order to the same
 */
function reducingLayer(options) {
  const { channels, mlpRatio, rate, random } = options;
  const norm1 = layerNorm({ channels });
  const mixing = reducingAttention({ ...options, random: random.fork('attention') });
  const norm2 = layerNorm({ channels });
  const feedForward = mlp({ channels, hidden: mlpRatio * channels, random: random.fork('mlp') });
  return {
    variables: gatherVariables({ norm1, attention: mixing, norm2, mlp: feedForward }),
    apply: (tokens, pass) => {
      const mixed = mixing.apply(norm1.apply(tokens), pass);
      const between = tf.add(tokens, dropPath(mixed, rate, within(pass, 'attention')));
      const fed = feedForward.apply(norm2.apply(between));
      return tf.add(between, dropPath(fed, rate, within(pass, 'mlp')));
    },
  };
}

/**
 * Attention of every token to squares of tokens: squares are patches of the map, projected as patches of an image are.
 *
 * @param {StageOptions & { grid: Grid, random: Random }} options
 * @returns {Layer<tf.Tensor3D, tf.Tensor3D>}
 */
function reducingAttention({ grid, channels, heads, reduction, random }) {
  const channelsPerHead = channels / heads;
  const query = linear({ inputs: channels, outputs: channels, random: random.fork('query') });
  const keyValue = linear({ inputs: channels, outputs: 2 * channels, random: random.fork('keyValue') });
  const projection = linear({ inputs: channels, outputs: channels, random: random.fork('projection') });
  const reducing = reduction === 1 ? [] : [squares({ grid, channels, reduction, random })];
  return {
    variables: gatherVariables({
      query,
      ...Object.fromEntries(reducing.map((each) => ['reduction', each])),
      keyValue,
      projection,
    }),
    apply: (tokens, pass) => {
      const [batch, length] = tokens.shape;
      const source = reducing.reduce((flow, each) => each.apply(flow, pass), tokens);
      /** @type {(flow: tf.Tensor, parts: number) => tf.Tensor} */
      const perHead = (flow, parts) =>
        tf.transpose(tf.reshape(flow, [batch, -1, parts * heads, channelsPerHead]), [2, 0, 1, 3]);
      const queries = tf.mul(perHead(query.apply(tokens), 1), 1 / Math.sqrt(channelsPerHead));
      const [keys, values] = tf.split(perHead(keyValue.apply(source), 2), 2);
      if (keys === undefined || values === undefined) throw new Error('Attention needs keys and values.');
      const scores = tf.matMul(queries, keys, false, true); // [heads, batch, length, length / reduction²]
      const mixed = tf.matMul(tf.softmax(scores), values); // [heads, batch, length, channelsPerHead]
      /** @type {tf.Tensor3D} */
      const joined = tf.reshape(tf.transpose(mixed, [1, 2, 0, 3]), [batch, length, channels]);
      return projection.apply(joined);
    },
  };
}

/**
 * Each square of tokens as one token.
 *
 * @param {{ grid: Grid, channels: number, reduction: number, random: Random }} options
 * @returns {Layer<tf.Tensor3D, tf.Tensor3D>} `[batch, rows * columns, channels]` to `[batch, rows * columns / reduction², channels]`
 */
function squares({ grid, channels, reduction, random }) {
  const projection = patchEmbedding({
    patchSize: reduction,
    channels,
    inputChannels: channels,
    random: random.fork('reduction'),
  });
  const norm = layerNorm({ channels, epsilon: 1e-5 });
  return {
    variables: gatherVariables({ projection, norm }),
    apply: (tokens) => {
      const map = tf.reshape(tokens, [tokens.shape[0], grid.rows, grid.columns, channels]);
      return norm.apply(projection.apply(patchify(/** @type {tf.Tensor4D} */ (map), reduction)));
    },
  };
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
