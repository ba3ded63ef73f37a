import * as tf from '@tensorflow/tfjs-core';
import type { Pass } from './pass.js';

/**
 * Drops a whole residual branch for some samples while training, and scales the others so that the mean stays.
 *
 * @param branch `[batch, ...] float32`
 * @param rate share of samples whose branch is dropped, from 0 up to but not including 1
 * @param pass draws `keep`, one number per sample; call it within a part of its own for each branch
 * @throws when the rate is not in that range
 * @source Huang et al. 2016; per sample, scaled by 1 / (1 - rate), as timm's DropPath
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { dropPath, evaluationPass } from '@whereabouts/layers';
 *
 * dropPath(tf.ones([4, 2]), 0.9, evaluationPass()).sum().dataSync()[0]; // => 8
 * ```
 */
export function dropPath<Branch extends tf.Tensor>(branch: Branch, rate: number, pass: Pass): Branch {
  if (!(rate >= 0 && rate < 1))
    throw new Error(
      `A drop-path rate is a share of samples from 0 up to but not including 1; ${rate} is not.`,
    );
  if (rate === 0 || !pass.training) return branch;
  const perSample = branch.shape.map((size, axis) => (axis === 0 ? size : 1));
  const keep = tf.floor(tf.add(pass.random.uniform('keep', perSample), 1 - rate)); // 1 = keep, 0 = drop
  return tf.mul(branch, tf.div(keep, 1 - rate)) as Branch;
}
