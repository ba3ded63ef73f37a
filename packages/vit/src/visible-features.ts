import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Features, Pass } from '@whereabouts/layers';
import { selectPatches } from '@whereabouts/patch-embedding';
import type { Vit } from './vit.js';

/**
 * Features of the patches at given positions; the others never enter the encoder.
 *
 * @param images `[batch, height, width, inputChannels] float32`
 * @param positions `[batch, length] int32`, raster indices, none twice in an image; the features' tokens come in their order
 * @source He et al. 2022 (MAE), the encoder: the encoding of the original positions, added to the visible patches only
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass } from '@whereabouts/layers';
 * import { visibleFeatures, vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 16, depth: 1, heads: 2 });
 * const positions = tf.tensor2d([[3, 0]], [1, 2], 'int32');
 * visibleFeatures(backbone, tf.ones([1, 8, 8, 3]), positions, evaluationPass()).stages[0]?.tokens.shape; // => [1, 2, 16]
 * ```
 */
export function visibleFeatures(vit: Vit, images: Tensor4D, positions: Tensor2D, pass: Pass): Features {
  const visible = selectPatches(vit.patchify(images), positions); // [batch, length, numbers]
  return vit.encode(vit.embed(visible, vit.positionEncoding.rows(positions)), positions, pass);
}
