import * as tf from '@tensorflow/tfjs-core';
import type { Backbone, Features } from '@whereabouts/layers';

/**
 * A view of a backbone that, outside training, also looks at the mirror image of each picture, and pools the mean of both
 * (and distils the mean of both): test-time averaging. Through linear classifiers that is the mean of both logits. Tokens
 * are those of the picture itself, so heads on tokens predict as before. It has the variables of the backbone, and in
 * training it is the backbone.
 *
 * An evaluation takes twice as long. Not for classes that differ from their mirror image, such as letters.
 *
 * @param backbone of images `[batch, height, width, channels] float32`
 * @throws when the backbone pools nothing
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { classification, evaluationPass } from '@whereabouts/layers';
 * import { averagedOverFlips } from '@whereabouts/trainer';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = averagedOverFlips(vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 }));
 * const head = classification({ spec: backbone.spec, classes: 3 });
 * const images = tf.randomUniform<tf.Rank.R4>([2, 8, 8, 3]);
 * const logits = head.apply(backbone.apply(images, evaluationPass()), evaluationPass());
 * const mirrored = head.apply(backbone.apply(tf.reverse(images, 2), evaluationPass()), evaluationPass());
 * tf.max(tf.abs(tf.sub(logits, mirrored))).dataSync()[0]! < 1e-6; // => true
 * ```
 */
export function averagedOverFlips(backbone: Backbone): Backbone {
  if (backbone.spec.pooled === 0)
    throw new Error('Averaging over flips needs a pooled vector, but this backbone pools nothing.');
  return {
    ...backbone,
    apply: (images, pass) => {
      const features = backbone.apply(images, pass);
      if (pass.training) return features;
      const mirrored = backbone.apply(tf.reverse(images, 2), pass);
      return {
        ...features,
        ...averaged('pooled', features, mirrored),
        ...averaged('distilled', features, mirrored),
      };
    },
  };
}

function averaged(name: 'pooled' | 'distilled', one: Features, other: Features): Partial<Features> {
  const [first, second] = [one[name], other[name]];
  if (first === undefined || second === undefined) return {};
  return { [name]: tf.mul(tf.add(first, second), 0.5) };
}
