import { type Backbone, positionCount } from '@whereabouts/layers';
import { keptCount, selectPatches } from '@whereabouts/patch-embedding';
import { keepLowest } from './keep-lowest.js';
import { maskNoise } from './mask-noise.js';
import type { Vit } from './vit.js';

/**
 * A view of a ViT in which all tokens ask, but only a random part of them answers: in every block, keys and values come
 * from the same kept patches of each image (and from the class token, if there is one). It hands over all tokens,
 * `[batch, positions, channels] float32`, in random order. `maskedKeys(withoutEncoding(vit), { keepRatio: 0.25 })` is the
 * encoder of MP3.
 *
 * While training, a pass draws `mask`: other patches in each step. Evaluation keeps the same patches of the n-th image
 * of every batch.
 *
 * @param options.keepRatio share of the patches that supply keys and values, above 0 up to 1
 * @throws when that share is out of range, or keeps no patch
 * @source Zhai et al. 2022 (MP3). The paper has no class token; that ours answers too is our reading. The unofficial
 *   lucidrains/vit-pytorch takes the keys of every block from the embedded patches; here, as in the paper, from the block before
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { maskedKeys, vit, withoutEncoding } from '@whereabouts/vit';
 *
 * const whole = vit({ imageSize: 8, patchSize: 2, channels: 16, depth: 1, heads: 2 });
 * const view = maskedKeys(withoutEncoding(whole), { keepRatio: 0.25 });
 * const { stages } = view.apply(tf.ones([2, 8, 8, 3]), trainingPass({ seed: 0, step: 0 }));
 * stages[0]?.tokens.shape; // => [2, 16, 16]
 * ```
 */
export function maskedKeys(vit: Vit, options: { readonly keepRatio: number }): Backbone {
  const positions = positionCount(vit.grid);
  const keys = keptCount('keepRatio', options.keepRatio, positions);
  return {
    variables: vit.variables,
    undecayed: vit.undecayed,
    layerGroups: vit.layerGroups,
    spec: vit.spec,
    apply: (images, pass) => {
      // The order of tokens is free, so the kept ones come first.
      const order = keepLowest(maskNoise(pass, images.shape[0], positions), positions);
      const patches = selectPatches(vit.patchify(images), order);
      return vit.encode(vit.embed(patches, vit.positionEncoding.rows(order)), order, pass, { keys });
    },
  };
}
