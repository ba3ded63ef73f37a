import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  evaluationPass,
  type Features,
  operation,
  type TokenMap,
  unmetNeed,
} from '@whereabouts/layers';

const unit = (vectors: tf.Tensor) =>
  tf.div(vectors, tf.add(tf.sqrt(tf.sum(tf.square(vectors), -1, true)), 1e-8));

/** `[batch, length] float32`: a softmax of how alike each token and the pooled vector are. */
function sharesOf({ stages, pooled }: Features, temperature: number): tf.Tensor2D {
  const { tokens } = stages.at(-1) as TokenMap;
  const likeness = tf.matMul(unit(tokens), tf.expandDims(unit(pooled as tf.Tensor2D), 2)); // [batch, length, 1]
  return tf.softmax(tf.div(tf.squeeze(likeness, [2]), temperature)) as tf.Tensor2D;
}

/**
 * Weighs tokens by how much they resemble the pooled vector of the whole image, so that a head learns most from what the
 * image is about: a second pass through the backbone, all patches with all encodings, from which nothing is learned. The
 * result is `weigh` of `droppedPositions`; an image's weights sum to 1.
 *
 * @param backbone the whole one, which pools; its last stage has a token for every position
 * @param options.temperature of the softmax over cosines; 0.1 unless given
 * @throws when the backbone pools nothing or leaves tokens out
 * @source Wang et al. 2023 (DropPos), attentive reconstruction: the cosine of class token and patch token
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { attentiveWeights } from '@whereabouts/position-labels';
 * import { vit } from '@whereabouts/vit';
 *
 * const weigh = attentiveWeights(vit({ imageSize: 8, patchSize: 4, channels: 16, depth: 1, heads: 2 }));
 * const positions = tf.tensor2d([[3, 0]], [1, 2], 'int32');
 * weigh({ images: tf.ones([1, 8, 8, 3]) }, positions).sum().dataSync()[0]!.toFixed(3); // => '1.000'
 * ```
 */
export function attentiveWeights<Input extends tf.Tensor = Tensor4D>(
  backbone: Backbone<Input>,
  options: { readonly temperature?: number } = {},
): (batch: { readonly images: Input }, positions: Tensor2D) => Tensor2D {
  const { temperature = 0.1 } = options;
  const { spec } = backbone;
  const unmet = unmetNeed({ pooled: true, everyPosition: true }, spec);
  if (unmet !== undefined) throw new Error(`attentiveWeights ${unmet}.`);
  return ({ images }, positions) => {
    const weights = operation((...given) => {
      const [input, wanted] = given as [Input, tf.Tensor2D];
      const features = backbone.apply(input, evaluationPass());
      const { positions: seen } = features.stages.at(-1) as TokenMap;
      const same = tf.equal(tf.expandDims(wanted, 2), tf.expandDims(seen, 1)); // [batch, length, positions]
      const shares = tf.expandDims(sharesOf(features, temperature), 1);
      const picked = tf.sum(tf.mul(tf.cast(same, 'float32'), shares), -1); // [batch, length]
      return {
        value: tf.div(picked, tf.sum(picked, -1, true)),
        saved: [],
        gradient: () => [tf.zerosLike(input), tf.zerosLike(wanted)],
      };
    });
    return weights(images, positions) as tf.Tensor2D;
  };
}
