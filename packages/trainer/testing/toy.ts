import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  classification,
  createRandom,
  dropPath,
  gatherVariables,
  linear,
  stream,
  type TokenMap,
  within,
} from '@whereabouts/layers';
import type { Batches } from '../src/batches.js';
import { joint } from '../src/joint.js';

/** A backbone that is no transformer: one linear layer on 2 x 2 patches, with dropping, so that randomness matters. */
export function toyBackbone(seed: number, rate = 0.2): Backbone {
  const layer = linear({ inputs: 12, outputs: 8, random: createRandom({ seed, step: 0 }) });
  const grid = { rows: 2, columns: 2 };
  return {
    spec: {
      contract: 1,
      stages: [{ grid, channels: 8, length: 4 }],
      pooled: 8,
      positionEncoding: 'none',
    },
    variables: gatherVariables({ layer }),
    layerGroups: [['layer']],
    apply: (images, pass) => {
      const batch = images.shape[0];
      const cells = tf.transpose(tf.reshape(images, [batch, 2, 2, 2, 6]), [0, 1, 3, 2, 4]);
      const embedded = tf.relu(layer.apply(tf.reshape(cells, [batch, 4, 12])));
      const tokens = dropPath(embedded, rate, within(pass, 'drop')) as tf.Tensor3D;
      const positions = tf.tile(tf.reshape(tf.range(0, 4, 1, 'int32'), [1, 4]), [batch, 1]) as tf.Tensor2D;
      const stage: TokenMap = { tokens, positions, grid };
      return { stages: [stage], pooled: tf.mean(tokens, 1) as tf.Tensor2D };
    },
  };
}

export function toyObjective(seed: number, rate?: number) {
  const backbone = toyBackbone(seed, rate);
  return joint(backbone, { classes: classification({ spec: backbone.spec, classes: 2, seed }) });
}

/** Pictures of noise whose class is whether they are bright; the same for every run. */
export function toyBatches(length: number, batchSize = 8): Batches {
  return {
    length,
    async *epoch(epoch, firstBatch = 0) {
      for (let index = firstBatch; index < length; index += 1) {
        const random = stream(5, 'toy', epoch, index);
        const classes = Int32Array.from({ length: batchSize }, () => random.integer(2));
        const values = new Float32Array(batchSize * 48);
        for (let value = 0; value < values.length; value += 1)
          values[value] = random.normal() + ((classes[Math.floor(value / 48)] ?? 0) - 0.5) * 2;
        yield {
          images: { shape: [batchSize, 4, 4, 3], dtype: 'float32', values },
          classes: { shape: [batchSize], dtype: 'int32', values: classes },
        };
      }
    },
  };
}
