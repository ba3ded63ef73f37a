import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { batches, type DataSet, type Normalisation } from '@whereabouts/data';
import { writeFileAtomically } from '@whereabouts/weights/files';
import sharp from 'sharp';
import type { TrainingConfig } from '../settings/training-config.js';
import { evaluationBatchOptions } from './batch-options.js';
import type { BuiltModel } from './build-model.js';

/** Pixels between the three pictures. */
const gap = 2;

/**
 * Makes what writes reconstructions of the first validation pictures, a PNG each: what was seen (grey where nothing was),
 * completed by what was painted, and the original, from left to right, as bright as the pictures themselves.
 *
 * @param reconstruct of the model, whose weights are those of the moment of writing
 */
export function reconstructionWriter(
  config: TrainingConfig,
  reconstruct: NonNullable<BuiltModel['reconstruct']>,
  { validation, normalisation }: Pick<DataSet, 'validation' | 'normalisation'>,
): (folder: string) => Promise<readonly string[]> {
  return async (folder) => {
    const count = Math.min(config.masking.pictures, validation.length);
    if (count === 0) return [];
    await mkdir(folder, { recursive: true });
    const some = batches(validation, { ...evaluationBatchOptions(config), batchSize: count, normalisation });
    const files: string[] = [];
    try {
      for await (const { images } of some.epoch(0)) {
        const rows = tf.tidy(() => {
          const given = tf.tensor<tf.Rank.R4>(images?.values as Float32Array, images?.shape as never);
          const { visible, completed } = reconstruct(given);
          return sideBySide([visible, completed, given], normalisation);
        });
        const { shape } = rows;
        const values = await rows.data();
        rows.dispose();
        const [, height, width] = shape;
        const size = height * width * 3;
        for (let index = 0; index < count; index += 1) {
          const pixels = Uint8Array.from(values.subarray(index * size, (index + 1) * size));
          const file = join(folder, `${index + 1}.png`);
          const png = await sharp(pixels, { raw: { width, height, channels: 3 } })
            .png()
            .toBuffer();
          await writeFileAtomically(file, png);
          files.push(file);
        }
        break;
      }
    } finally {
      await some.close();
    }
    return files;
  };
}

/** Normalised images to `[batch, height, 3 * width + 2 * gap, 3]` of 0 to 255, white between them. */
function sideBySide(images: readonly tf.Tensor4D[], { mean, deviation }: Normalisation): tf.Tensor4D {
  const pixels = images.map((image) =>
    tf.round(tf.mul(tf.clipByValue(tf.add(tf.mul(image, [...deviation]), [...mean]), 0, 1), 255)),
  ) as tf.Tensor4D[];
  const [batch, height] = (pixels[0] as tf.Tensor4D).shape;
  const between = tf.fill<tf.Rank.R4>([batch, height, gap, 3], 255);
  return tf.concat(
    pixels.flatMap((image, index) => (index === 0 ? [image] : [between, image])),
    2,
  );
}
