import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, evaluationPass, type Features, type HostTensor } from '@whereabouts/layers';
import { type Batches, batchSizeOf } from '../batches.js';
import { defaultExecutor } from '../default-executor.js';
import type { Executor } from '../executor.js';
import type { FeatureTable } from './feature-table.js';

/**
 * One vector per picture: the pooled one where the backbone pools, else the mean of the last stage's tokens.
 *
 * @returns `[batch, channels] float32`
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { pooledOrMean } from '@whereabouts/trainer';
 *
 * const [tokens, positions] = [tf.tensor3d([[[1, 2], [3, 4]]]), tf.tensor2d([[0, 1]], [1, 2], 'int32')];
 * pooledOrMean({ stages: [{ tokens, positions, grid: { rows: 1, columns: 2 } }] }).arraySync(); // => [[2, 3]]
 * ```
 */
export function pooledOrMean({ stages, pooled }: Features): tf.Tensor2D {
  return pooled ?? (tf.mean(stages.at(-1)?.tokens as tf.Tensor3D, 1) as tf.Tensor2D);
}

/**
 * Computes the features of all pictures of a split, in evaluation mode, batch by batch; nothing is learned.
 *
 * @param options.batches of `images` and `classes`, unshuffled and with the remainder kept, so that no picture is missing
 * @param options.read what is taken of the features, `[batch, channels] float32`; `pooledOrMean` unless given
 * @param options.executor compiled on the native backend, else eager, unless given
 * @throws when a batch lacks classes
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { featuresOf } from '@whereabouts/trainer';
 * import { vit } from '@whereabouts/vit';
 *
 * const batches = {
 *   length: 1,
 *   async *epoch() {
 *     yield {
 *       images: { shape: [2, 8, 8, 3], dtype: 'float32' as const, values: new Float32Array(384) },
 *       classes: { shape: [2], dtype: 'int32' as const, values: Int32Array.of(0, 1) },
 *     };
 *   },
 * };
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 16, depth: 1, heads: 2 });
 * (await featuresOf({ backbone, batches })).channels; // => 16
 * ```
 */
export async function featuresOf(options: {
  readonly backbone: Backbone;
  readonly batches: Batches;
  readonly read?: (features: Features) => tf.Tensor2D;
  readonly executor?: Executor;
}): Promise<FeatureTable> {
  const { backbone, batches, read = pooledOrMean, executor = defaultExecutor() } = options;
  const inference = executor.infer(({ images }) => ({
    vectors: read(backbone.apply(images as tf.Tensor4D, evaluationPass())),
  }));
  const parts: Float32Array[] = [];
  const classes: number[] = [];
  let length = 0;
  try {
    for await (const batch of batches.epoch(0)) {
      const { images, classes: ofBatch } = batch;
      if (images === undefined || ofBatch === undefined)
        throw new Error(
          `Features are compared by class, but the batches hold ${Object.keys(batch).join(', ')}; expected images and classes.`,
        );
      const { vectors } = await inference.run({ images });
      parts.push((vectors as HostTensor).values as Float32Array);
      classes.push(...ofBatch.values);
      length += batchSizeOf(batch);
    }
  } finally {
    inference.dispose();
  }
  const values = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((start, part) => {
    values.set(part, start);
    return start + part.length;
  }, 0);
  return {
    length,
    channels: length === 0 ? 0 : values.length / length,
    values,
    classes: Int32Array.from(classes),
  };
}
