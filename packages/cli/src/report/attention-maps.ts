import * as tf from '@tensorflow/tfjs-core';
import type { Normalisation } from '@whereabouts/data';
import { evaluationPass, type HostTensor } from '@whereabouts/layers';
import type { AttentionMap } from '@whereabouts/report';
import { attentionRollout, type Vit } from '@whereabouts/vit';
import { pictureUri, pixelsOf } from './picture-uri.js';

/** What a ViT looks at in pictures, `[pictures, height, width, 3] float32`. */
export async function attentionMaps(
  vit: Vit,
  pictures: HostTensor,
  normalisation: Normalisation,
): Promise<readonly AttentionMap[]> {
  const { heads, rollout } = tf.tidy(() => {
    const images = tf.tensor<tf.Rank.R4>(pictures.values as Float32Array, pictures.shape as never);
    const maps = vit.attention(images, evaluationPass());
    return {
      heads: lookedAt(vit, maps.at(-1) as tf.Tensor4D),
      rollout: lookedAt(vit, tf.expandDims<tf.Tensor4D>(attentionRollout(maps), 1)),
    };
  });
  try {
    const byHead = (await heads.array()) as number[][][];
    const rolledOut = (await rollout.array()) as number[][][];
    const mapOf = async (heads: number[][], index: number): Promise<AttentionMap> => ({
      picture: await pictureUri(pixelsOf(pictures, index, normalisation)),
      heads: await Promise.all(heads.map((map) => drawn(map, vit))),
      rollout: await drawn(rolledOut[index]?.[0] as number[], vit),
    });
    return await Promise.all(byHead.map(mapOf));
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
