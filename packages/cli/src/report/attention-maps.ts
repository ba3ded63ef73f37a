import * as tf from '@tensorflow/tfjs-core';
import type { Normalisation } from '@whereabouts/data';
import { evaluationPass, type HostTensor } from '@whereabouts/layers';
import type { AttentionMap } from '@whereabouts/report';
import { attentionRollout, type Vit } from '@whereabouts/vit';
import { pictureUri, pixelsOf } from './picture-uri.js';

/**
 * What a ViT looks at in the first pictures of a batch.
 *
 * @param count of pictures, at most
 */
export async function attentionMaps(
  vit: Vit,
  { shape, values }: HostTensor,
  options: { readonly count: number; readonly normalisation: Normalisation },
): Promise<readonly AttentionMap[]> {
  const count = Math.min(options.count, shape[0] as number);
  const { heads, rollout } = tf.tidy(() => {
    const images = tf.slice(tf.tensor<tf.Rank.R4>(values, shape as never), 0, count);
    const maps = vit.attention(images, evaluationPass());
    return {
      heads: lookedAt(vit, maps.at(-1) as tf.Tensor4D),
      rollout: lookedAt(vit, tf.expandDims<tf.Tensor4D>(attentionRollout(maps), 1)),
    };
  });
  try {
    const byHead = (await heads.array()) as number[][][];
    const rolledOut = (await rollout.array()) as number[][][];
    const mapOf = async (_: unknown, index: number): Promise<AttentionMap> => ({
      picture: await pictureUri(pixelsOf({ shape, values }, index, options.normalisation)),
      heads: await Promise.all((byHead[index] as number[][]).map((map) => drawn(map, vit))),
      rollout: await drawn(rolledOut[index]?.[0] as number[], vit),
    });
    return await Promise.all(Array.from({ length: count }, mapOf));
  } finally {
    tf.dispose([heads, rollout]);
  }
}

/** `[batch, heads, length, length]` to what the class token, or the average token, takes of each patch: `[batch, heads, positions]`. */
function lookedAt({ prefixLength, settings }: Vit, map: tf.Tensor4D): tf.Tensor3D {
  const [batch, heads, length] = map.shape;
  const positions = length - prefixLength;
  const [begin, size] = settings.classToken ? [0, 1] : [prefixLength, positions];
  return tf.mean(tf.slice(map, [0, 0, begin, prefixLength], [batch, heads, size, positions]), 2);
}

/** A grey picture with a pixel per position, white where the most is taken. */
function drawn(map: readonly number[], { grid }: Vit): Promise<string> {
  const brightest = Math.max(...map);
  const bytes = Uint8Array.from(
    map.flatMap((value) => new Array<number>(3).fill(Math.round((255 * value) / brightest))),
  );
  return pictureUri({ height: grid.rows, width: grid.columns, bytes });
}
