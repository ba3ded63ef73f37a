import * as tf from '@tensorflow/tfjs-core';
import type { Normalisation } from '@whereabouts/data';
import { type Backbone, evaluationPass, type HostTensor, positionCount } from '@whereabouts/layers';
import type { FeatureMap } from '@whereabouts/report';
import { PCA } from 'ml-pca';
import { pictureUri, pixelsOf } from './picture-uri.js';

/**
 * What a backbone makes of the patches of pictures, `[pictures, height, width, 3] float32`, as colours: the first three
 * principal components of the tokens of its last stage, over these pictures together.
 */
export async function featureMaps(
  backbone: Backbone,
  pictures: HostTensor,
  normalisation: Normalisation,
): Promise<readonly FeatureMap[]> {
  const { grid } = backbone.spec.stages.at(-1) as Backbone['spec']['stages'][0];
  const { tokens, positions } = tf.tidy(() => {
    const images = tf.tensor<tf.Rank.R4>(pictures.values as Float32Array, pictures.shape as never);
    const stage = backbone.apply(images, evaluationPass()).stages.at(-1);
    return { tokens: stage?.tokens as tf.Tensor3D, positions: stage?.positions as tf.Tensor2D };
  });
  try {
    const byPicture = (await tokens.array()) as number[][][];
    const places = (await positions.array()) as number[][];
    const colours = coloursOf(byPicture.flat());
    const mapOf = async (own: readonly number[], index: number): Promise<FeatureMap> => {
      const bytes = new Uint8Array(positionCount(grid) * 3);
      for (const [token, place] of own.entries())
        bytes.set(colours[index * own.length + token] as number[], place * 3);
      return {
        picture: await pictureUri(pixelsOf(pictures, index, normalisation)),
        components: await pictureUri({ height: grid.rows, width: grid.columns, bytes }),
      };
    };
    return await Promise.all(places.map(mapOf));
  } finally {
    tf.dispose([tokens, positions]);
  }
}

/** A colour per row, from 0 to 255: its place along each of the first three principal components; grey where there are fewer. */
export function coloursOf(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const projected = new PCA(rows.map((row) => [...row])).predict(rows.map((row) => [...row])).to2DArray();
  const ranges = [0, 1, 2].map((component) => {
    const values = projected.map((row) => row[component] ?? 0);
    return { low: Math.min(...values), high: Math.max(...values) };
  });
  return projected.map((row) =>
    ranges.map(({ low, high }, component) =>
      high > low ? Math.round((255 * ((row[component] ?? 0) - low)) / (high - low)) : 128,
    ),
  );
}
