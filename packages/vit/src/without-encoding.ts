import { isUnder } from '@whereabouts/layers';
import { noEncoding } from '@whereabouts/patch-embedding';
import { everyPosition } from './every-position.js';
import type { Vit } from './vit.js';

/**
 * A view of a ViT that adds no position encoding, neither to patches nor to the class token: over the same variables but
 * those of the encoding. It is a ViT itself, so that other views can be made of it, such as
 * `masked(withoutEncoding(vit), { keepRatio: 0.5 })`, the second pass of Jigsaw-ViT.
 *
 * @source Chen et al. 2023 (Jigsaw-ViT): the jigsaw pass has no encoding, on the class token neither; Zhang & Gong, AAAI
 *   2023: the ablation without an encoding
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { vit, withoutEncoding } from '@whereabouts/vit';
 *
 * const told = vit({ imageSize: 8, patchSize: 4, channels: 16, depth: 1, heads: 2 });
 * const untold = withoutEncoding(told);
 * untold.spec.positionEncoding; // => 'none'
 * untold.variables['patchEmbedding.weight'] === told.variables['patchEmbedding.weight']; // => true
 * ```
 */
export function withoutEncoding(vit: Vit): Vit {
  const encode: Vit['encode'] = (tokens, positions, pass, options) =>
    vit.encode(tokens, positions, pass, { positionEncoding: noEncoding(), ...options });
  const isEncoding = (path: string) => isUnder(path, 'positionEncoding');
  return {
    ...vit,
    encode,
    settings: { ...vit.settings, positionEncoding: 'none' },
    positionEncoding: noEncoding(),
    spec: { ...vit.spec, positionEncoding: 'none' },
    variables: Object.fromEntries(Object.entries(vit.variables).filter(([path]) => !isEncoding(path))),
    undecayed: vit.undecayed.filter((path) => !isEncoding(path)),
    layerGroups: vit.layerGroups.map((group) => group.filter((name) => !isEncoding(name))),
    apply: (images, pass) =>
      encode(vit.embed(vit.patchify(images), undefined), everyPosition(vit.grid, images.shape[0]), pass),
  };
}
