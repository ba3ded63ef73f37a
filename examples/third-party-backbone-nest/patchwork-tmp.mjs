// patchwork.mjs
import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  gatherVariables,
  layerNorm,
  positionCount,
  transformerBlock,
  within,
} from '@whereabouts/layers';
import { gridOf, patchEmbedding, patchify, sidesOf } from '@whereabouts/patch-embedding';

export default function patchwork({ imageSize, patchSize = 4, channels = 32, depth = 2, seed = 0 }) {
  const { height, width } = sidesOf(imageSize);
  const grid = gridOf(imageSize, patchSize); // { rows, columns }
  const length = positionCount(grid);
  const random = createRandom({ seed, step: 0 }).fork('patchwork');
  const embedding = patchEmbedding({ patchSize, channels, random: random.fork('embedding') });
  const blocks = Array.from({ length: depth }, (_, index) =>
    transformerBlock({ channels, heads: 2, random: random.fork(`blocks.${index}`) }),
  );
  const norm = layerNorm({ channels });
  return {
    // What it promises before it runs: heads are built from this.
    spec: { contract: 1, stages: [{ grid, channels, length }], pooled: channels, positionEncoding: 'none' },
    // What it learns, by path: the paths are the checkpoint format.
    variables: gatherVariables({
      embedding,
      ...Object.fromEntries(blocks.map((block, index) => [`blocks.${index}`, block])),
      norm,
    }),
    // What it does: a pure function of the images, the variables, and the randomness of the pass.
    apply: (images, pass) => {
      const [batch, givenHeight, givenWidth] = images.shape;
      if (givenHeight !== height || givenWidth !== width)
        throw new Error(
          `The patchwork was made for ${height} x ${width} px, not ${givenHeight} x ${givenWidth}.`,
        );
      let tokens = embedding.apply(patchify(images, patchSize)); // [batch, length, channels]
      blocks.forEach((block, index) => {
        tokens = block.apply(tokens, within(pass, `blocks.${index}`));
      });
      tokens = norm.apply(tokens);
      const raster = tf.expandDims(tf.range(0, length, 1, 'int32'), 0);
      const positions = tf.tile(raster, [batch, 1]); // [batch, length]: token i sits at row * columns + column
      return { stages: [{ tokens, positions, grid }], pooled: tf.mean(tokens, 1) };
    },
  };
}
