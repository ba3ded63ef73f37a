import type { Tensor2D } from '@tensorflow/tfjs-core';
import { constantTensor, createRandom, type Pass } from '@whereabouts/layers';

/**
 * The noise by which a view orders the patches of each image: `[batch, positions] float32`. While training, a pass draws
 * `mask`; in evaluation it is always the same for the n-th image of a batch.
 */
export function maskNoise(pass: Pass, batch: number, positions: number): Tensor2D {
  const shape = [batch, positions];
  const noise = pass.training
    ? pass.random.uniform('mask', shape)
    : constantTensor(createRandom({ seed: 0, step: 0 }).uniform('masked/mask', shape));
  return noise as Tensor2D;
}
