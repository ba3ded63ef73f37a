import { type Backbone, positionCount } from '@whereabouts/layers';
import { keptCount } from '@whereabouts/patch-embedding';
import { keepLowest } from './keep-lowest.js';
import { maskNoise } from './mask-noise.js';
import { visibleFeatures } from './visible-features.js';
import type { Vit } from './vit.js';

/**
 * A view of a ViT that sees a random part of each image, `[batch, height, width, inputChannels] float32`, and hands over
 * the tokens of the kept patches, `[batch, keep, channels] float32`, with their positions, in random order. It has the
 * variables of the ViT itself; the encoder costs only what is kept.
 *
 * While training, a pass draws `mask`: other patches in each step. Evaluation keeps the same patches of the n-th image
 * of every batch, whatever the seed; to evaluate on whole images use the ViT itself.
 *
 * @param options.keepRatio share of the patches to keep, above 0 up to 1, rounded down to whole patches
 * @throws when that share is out of range, or keeps no patch
 * @source He et al. 2022 (MAE): 25 % are kept, those of the lowest noise. MAE draws noise in evaluation too
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { masked, vit } from '@whereabouts/vit';
 *
 * const whole = vit({ imageSize: 16, patchSize: 4, channels: 16, depth: 1, heads: 2 });
 * masked(whole, { keepRatio: 0.25 }).spec.stages[0]?.length; // => 4
 * ```
 */
export function masked(vit: Vit, options: { readonly keepRatio: number }): Backbone {
  const positions = positionCount(vit.grid);
  const length = keptCount('keepRatio', options.keepRatio, positions);
  return {
    variables: vit.variables,
    undecayed: vit.undecayed,
    layerGroups: vit.layerGroups,
    spec: { ...vit.spec, stages: [{ grid: vit.grid, channels: vit.settings.channels, length }] },
    apply: (images, pass) => {
      const noise = maskNoise(pass, images.shape[0], positions);
      return visibleFeatures(vit, images, keepLowest(noise, length), pass);
    },
  };
}
