import * as tf from '@tensorflow/tfjs-core';
import { type Initialise, type Linear, linear, type Random } from '@whereabouts/layers';

/** Learned tokens of patches: `[batch, length, patchSize * patchSize * inputChannels] float32` to `[batch, length, channels] float32`. */
export interface PatchEmbedding {
  /** `weight [patchSize * patchSize * inputChannels, channels]`, its rows in the order row, column, channel; `bias [channels]`. */
  readonly variables: Linear['variables'];
  /** Any patches in any order: a visible subset costs what it holds. */
  readonly apply: (patches: tf.Tensor3D) => tf.Tensor3D;
}

/**
 * Projects patches of pixels to tokens. It is what a convolution with the patch's size as its stride computes, as a
 * product, so that a subset of the patches can be projected alone.
 *
 * @param options.patchSize side of a patch in pixels
 * @param options.inputChannels of the images; 3 unless given
 * @param options.initialise how the weight starts; uniform within ±1 / √inputs unless given
 * @source Dosovitskiy et al. 2021, equation 1; starts as timm's convolution does, but with a bias of zero
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { createRandom } from '@whereabouts/layers';
 * import { patchEmbedding, patchify } from '@whereabouts/patch-embedding';
 *
 * const embedding = patchEmbedding({ patchSize: 4, channels: 16, random: createRandom({ seed: 0, step: 0 }) });
 * embedding.apply(patchify(tf.ones([2, 8, 12, 3]), 4)).shape; // => [2, 6, 16]
 * ```
 */
export function patchEmbedding(options: {
  readonly patchSize: number;
  readonly channels: number;
  readonly random: Random;
  readonly inputChannels?: number;
  readonly initialise?: Initialise;
}): PatchEmbedding {
  const { patchSize, channels, random, inputChannels = 3, initialise = uniformByInputs } = options;
  const inputs = patchSize * patchSize * inputChannels;
  return linear({ inputs, outputs: channels, random, initialise });
}

// PyTorch's start of a convolution, which timm leaves as it is.
const uniformByInputs: Initialise = (random, name, shape) => {
  const bound = 1 / Math.sqrt(shape[0] ?? 1);
  return tf.tidy(() => tf.sub(tf.mul(random.uniform(name, shape), 2 * bound), bound));
};
