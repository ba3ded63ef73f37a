import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  type Features,
  positionCount,
  smallNormal,
  variable,
} from '@whereabouts/layers';
import { keptCount, selectPatches } from '@whereabouts/patch-embedding';
import { keepLowest } from './keep-lowest.js';
import { maskNoise } from './mask-noise.js';
import type { Vit } from './vit.js';

/**
 * A view of a ViT that sees a random part of each image and is told the positions of a random part of that: the tokens
 * of the kept patches, `[batch, keep, channels] float32`, with `positionGiven` 1 where the encoding was added. The others
 * get one learned row instead, `unknownPosition [1, 1, channels]`, the view's only variable besides the ViT's.
 *
 * While training, a pass draws `mask`: other patches, and others told, in each step. Evaluation keeps the same ones of the
 * n-th image of every batch.
 *
 * @param options.keepRatio share of the patches to keep, above 0 up to 1; 0.25 unless given
 * @param options.givenRatio share of the kept patches whose position is told, above 0 and less than all; 0.25 unless given
 * @param options.seed of the learned row's first values; 0 unless given
 * @throws when a share is out of range or keeps nothing, and when the ViT has no encoding that could be told to some patches alone
 * @source Wang et al. 2023 (DropPos): 49 of 196 patches, and 12 of those encodings. The code draws twice; of patches in
 *   random order the first are a random part, so here one draw does. There, the encoding is the sine-cosine table
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { partialEncoding, vit } from '@whereabouts/vit';
 *
 * const whole = vit({ imageSize: 16, patchSize: 2, channels: 16, depth: 1, heads: 2, positionEncoding: 'sine-cosine' });
 * const view = partialEncoding(whole, { keepRatio: 0.25, givenRatio: 0.25 });
 * const { stages } = view.apply(tf.ones([1, 16, 16, 3]), trainingPass({ seed: 0, step: 0 }));
 * Array.from(stages[0]!.positionGiven!.dataSync()).join(' '); // => '1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0'
 * ```
 */
export function partialEncoding(
  vit: Vit,
  options: { readonly keepRatio?: number; readonly givenRatio?: number; readonly seed?: number } = {},
): Backbone {
  const { keepRatio = 0.25, givenRatio = 0.25, seed = 0 } = options;
  if (vit.positionEncoding.kind !== 'absolute')
    throw new Error(
      `partialEncoding tells some patches their positions, but this ViT has positionEncoding: '${vit.settings.positionEncoding}'; give it 'learned' or 'sine-cosine'.`,
    );
  const { channels } = vit.settings;
  const positions = positionCount(vit.grid);
  const length = keptCount('keepRatio', keepRatio, positions);
  const given = keptCount('givenRatio', givenRatio, length);
  if (given === length)
    throw new Error(
      `givenRatio ${givenRatio} tells the positions of all ${length} kept patches, which leaves none to find out; give a smaller share.`,
    );
  const random = createRandom({ seed, step: 0 }).fork('partialEncoding');
  const unknownPosition = variable(smallNormal(random, 'unknownPosition', [1, 1, channels]));

  const encodingOf = (kept: tf.Tensor2D): tf.Tensor3D => {
    const [batch] = kept.shape;
    const told = vit.positionEncoding.rows(tf.slice(kept, [0, 0], [batch, given])) as tf.Tensor3D;
    // An addition to zeros, because the gradient of `tile` loops over the batch.
    const untold = tf.add(tf.zeros([batch, length - given, channels]), unknownPosition) as tf.Tensor3D;
    return tf.concat([told, untold], 1); // [batch, prefix + keep, channels]
  };
  return {
    variables: { ...vit.variables, unknownPosition },
    undecayed: [...vit.undecayed, 'unknownPosition'],
    layerGroups: [[...(vit.layerGroups[0] ?? []), 'unknownPosition'], ...vit.layerGroups.slice(1)],
    spec: {
      ...vit.spec,
      stages: [{ grid: vit.grid, channels, length }],
      positionEncoding: 'partial',
    },
    apply: (images, pass): Features => {
      const [batch] = images.shape;
      const kept = keepLowest(maskNoise(pass, batch, positions), length);
      const patches = selectPatches(vit.patchify(images), kept);
      const { stages, ...rest } = vit.encode(vit.embed(patches, encodingOf(kept)), kept, pass);
      const positionGiven = tf.concat([tf.ones([batch, given]), tf.zeros([batch, length - given])], 1);
      return {
        ...rest,
        stages: stages.map((stage) => ({ ...stage, positionGiven: positionGiven as tf.Tensor2D })),
      };
    },
  };
}
