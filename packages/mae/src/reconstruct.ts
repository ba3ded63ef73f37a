import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, type Features } from '@whereabouts/layers';
import { unpatchify } from '@whereabouts/patch-embedding';
import { patchesOf } from './patches-of.js';
import type { PixelHead } from './pixel-head.js';
import { pixelTargets } from './pixel-targets.js';

/** A reconstruction to look at; `[batch, height, width, inputChannels] float32` each, on the scale of the images. */
export type Reconstruction = {
  /** What the backbone saw; 0, which is the mean of normalised images, where it saw nothing. */
  readonly visible: tf.Tensor4D;
  /** All that the head painted. */
  readonly painted: tf.Tensor4D;
  /** What the backbone saw, and elsewhere what the head painted. */
  readonly completed: tf.Tensor4D;
};

/**
 * Lets a head paint what its backbone didn't see. With `normalised` targets a patch's true mean and deviation, which
 * the head never learned, are put back in.
 *
 * @param features of these images, as a masked backbone hands them over
 * @param images `[batch, height, width, inputChannels] float32`
 * @throws when the images have another grid
 * @source He et al. 2022 (MAE), the demonstration notebook: masked, reconstruction, reconstruction + visible
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass } from '@whereabouts/layers';
 * import { pixelDecoder, reconstruct } from '@whereabouts/mae';
 * import { masked, vit } from '@whereabouts/vit';
 *
 * const backbone = masked(vit({ imageSize: 8, patchSize: 4, channels: 16, depth: 1, heads: 2 }), { keepRatio: 0.5 });
 * const decoder = pixelDecoder({ spec: backbone.spec, patchSize: 4, channels: 8, depth: 1, heads: 2 });
 * const images = tf.ones<tf.Rank.R4>([1, 8, 8, 3]);
 * const { visible } = reconstruct(decoder, backbone.apply(images, evaluationPass()), images);
 * visible.mean().dataSync()[0]; // => 0.5
 * ```
 */
export function reconstruct(head: PixelHead, features: Features, images: tf.Tensor4D): Reconstruction {
  const { settings } = head;
  const { stage, patchSize, target } = settings;
  return tf.tidy(() => {
    const patches = patchesOf(images, settings);
    const painted = pixelTargets[target].toPixels(head.apply(features, evaluationPass()), patches);
    const hidden = head.hidden(features); // [batch, positions, 1]
    const visible = tf.mul(patches, tf.sub(1, hidden)) as tf.Tensor3D;
    const together = (parts: tf.Tensor3D) => unpatchify(parts, { grid: stage.grid, patchSize });
    return {
      visible: together(visible),
      painted: together(painted),
      completed: together(tf.add(visible, tf.mul(painted, hidden)) as tf.Tensor3D),
    };
  });
}
