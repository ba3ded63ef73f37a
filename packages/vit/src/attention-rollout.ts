import * as tf from '@tensorflow/tfjs-core';

/**
 * How much each token at the end goes back to each at the start, by attention through all blocks: the maps of the blocks,
 * averaged over heads and mixed half and half with the tokens that pass by the residual branch, multiplied.
 *
 * @param maps of `Vit.attention`: `[batch, heads, length, length] float32` per block, the first block first
 * @returns `[batch, length, length] float32`, rows add up to 1
 * @throws when there is no map
 * @source Abnar & Zuidema 2020, section 3, attention rollout
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass } from '@whereabouts/layers';
 * import { attentionRollout, vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 2, heads: 2 });
 * const maps = backbone.attention(tf.ones([1, 8, 8, 3]), evaluationPass());
 * attentionRollout(maps).shape; // => [1, 5, 5]
 * ```
 */
export function attentionRollout(maps: readonly tf.Tensor4D[]): tf.Tensor3D {
  if (maps.length === 0) throw new Error('There is no attention map to roll out; give one per block.');
  return tf.tidy(() => {
    const steps = maps.map((map) => {
      const mixed = tf.mean(map, 1) as tf.Tensor3D; // [batch, length, length]
      return tf.mul(tf.add(mixed, tf.eye(map.shape[2])), 0.5) as tf.Tensor3D;
    });
    return steps.reduce((before, step) => tf.matMul(step, before));
  });
}
