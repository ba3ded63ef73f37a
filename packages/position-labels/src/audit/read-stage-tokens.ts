import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, evaluationPass, type StageSpec, type TokenMap } from '@whereabouts/layers';

/** The tokens of one stage of many images. */
export type StageTokens = Pick<TokenMap, 'tokens' | 'positions' | 'grid'>;

const imagesAtOnce = 8;

/** Runs a backbone over images, a few at a time, and keeps the tokens of one stage; you dispose them. */
export function readStageTokens(backbone: Backbone, stage: number, images: tf.Tensor4D): StageTokens {
  const [count] = images.shape;
  const [tokens, positions] = tf.tidy((): [tf.Tensor3D, tf.Tensor2D] => {
    const parts: [tf.Tensor3D, tf.Tensor2D][] = [];
    for (let first = 0; first < count; first += imagesAtOnce) {
      const size = Math.min(imagesAtOnce, count - first);
      const part = tf.tidy((): [tf.Tensor3D, tf.Tensor2D] => {
        const some = tf.slice(images, [first, 0, 0, 0], [size, -1, -1, -1]);
        const map = backbone.apply(some, evaluationPass()).stages.at(stage) as TokenMap;
        return [map.tokens, map.positions];
      });
      parts.push(part);
    }
    return [tf.concat(parts.map(([some]) => some)), tf.concat(parts.map(([, some]) => some))];
  });
  return { tokens, positions, grid: (backbone.spec.stages.at(stage) as StageSpec).grid };
}
