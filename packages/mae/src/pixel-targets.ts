import * as tf from '@tensorflow/tfjs-core';

/** What a decoder learns of a patch's pixels, and the way back from what it predicted. */
export interface PixelTarget {
  /** `[batch, positions, numbers] float32` pixels of patches to targets of the same shape. */
  readonly of: (patches: tf.Tensor3D) => tf.Tensor3D;
  /** Predictions to pixels, both `[batch, positions, numbers] float32`, with the true patches for what a target leaves out. */
  readonly toPixels: (predictions: tf.Tensor3D, patches: tf.Tensor3D) => tf.Tensor3D;
}

// Mean and deviation of each patch, `[batch, positions, 1]`; the variance is divided by one number less, as in PyTorch.
function spreadOf(patches: tf.Tensor3D): { mean: tf.Tensor; deviation: tf.Tensor } {
  const numbers = patches.shape[2];
  const mean = tf.mean(patches, -1, true);
  const variance = tf.div(tf.sum(tf.square(tf.sub(patches, mean)), -1, true), Math.max(1, numbers - 1));
  return { mean, deviation: tf.sqrt(tf.add(variance, 1e-6)) };
}

/**
 * The targets of pixel decoders by name: `plain` pixels as they come in, or `normalised` by the mean and the unbiased
 * variance of their patch (plus 1e-6), which leaves out how bright and how rich in contrast a patch is.
 *
 * @source He et al. 2022 (MAE), section 4.1 and `norm_pix_loss`; the variance is the unbiased one there too
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { pixelTargets } from '@whereabouts/mae';
 *
 * const patches = tf.tensor3d([[[1, 2, 3]]]);
 * Array.from(pixelTargets.normalised.of(patches).dataSync()).map(Math.round); // => [-1, 0, 1]
 * ```
 */
export const pixelTargets = {
  plain: { of: (patches) => patches, toPixels: (predictions) => predictions },
  normalised: {
    of: (patches) => {
      const { mean, deviation } = spreadOf(patches);
      return tf.div(tf.sub(patches, mean), deviation);
    },
    toPixels: (predictions, patches) => {
      const { mean, deviation } = spreadOf(patches);
      return tf.add(tf.mul(predictions, deviation), mean);
    },
  },
} as const satisfies Readonly<Record<string, PixelTarget>>;

/** `plain` or `normalised`. */
export type PixelTargetName = keyof typeof pixelTargets;
