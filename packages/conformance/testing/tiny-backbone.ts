import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  gatherVariables,
  layerNorm,
  linear,
  transformerBlock,
  within,
} from '@whereabouts/layers';

/** A backbone that keeps every promise: images of 8 x 12 pixels to tokens on a grid of 2 x 3, and their average. */
export function tinyBackbone(seed: number): Backbone {
  const random = createRandom({ seed, step: 0 }).fork('tiny');
  const grid = { rows: 2, columns: 3 };
  const [patchSize, channels, length] = [4, 8, 6];
  const embedding = linear({
    inputs: patchSize * patchSize * 3,
    outputs: channels,
    random: random.fork('embedding'),
  });
  const block = transformerBlock({ channels, heads: 2, dropPath: 0.3, random: random.fork('block') });
  const norm = layerNorm({ channels });
  return {
    spec: { contract: 1, stages: [{ grid, channels, length }], pooled: channels, positionEncoding: 'none' },
    variables: gatherVariables({ embedding, block, norm }),
    apply: (images, pass) => {
      const [batch, height, width] = images.shape;
      if (height !== 8 || width !== 12)
        throw new Error(`The tiny backbone takes images of 8 x 12 px, and was given ${height} x ${width}.`);
      const cut = tf.reshape(images, [batch * grid.rows, patchSize, grid.columns, patchSize * 3]);
      const patches = tf.reshape(tf.transpose(cut, [0, 2, 1, 3]), [batch, length, -1]) as tf.Tensor3D;
      const tokens = norm.apply(block.apply(embedding.apply(patches), within(pass, 'block')));
      const raster = tf.range(0, length, 1, 'int32');
      const positions = tf.tile(tf.reshape(raster, [1, length]), [batch, 1]) as tf.Tensor2D;
      return { stages: [{ tokens, positions, grid }], pooled: tf.mean(tokens, 1) as tf.Tensor2D };
    },
  };
}
