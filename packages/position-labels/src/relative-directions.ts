import * as tf from '@tensorflow/tfjs-core';
import { createRandom, crossEntropy, type Features, gatherVariables, linear } from '@whereabouts/layers';
import { directionChance } from './direction-chance.js';
import { directionLabels } from './direction-labels.js';
import { type HeadOptions, type PositionHead, readStage, readTokens } from './position-head.js';

const directions = 9;

/**
 * A head that tells for every ordered pair of tokens in which of nine directions the first lies as seen from the second.
 * Each direction has queries and keys of its own, and scores a pair by their product, divided by the square root of their
 * channels. Predicts logits `[batch, length, length, 9] float32`, query by key; the loss is the cross-entropy, a mean over
 * all pairs of all images, a token with itself included. Metric: `accuracy`.
 *
 * The logits of all pairs are held at once: 1.4 MB an image at 14 x 14 tokens.
 *
 * @param options.width channels of a direction's queries and keys; a ninth of the backbone's unless given
 * @throws when the backbone lacks the stage
 * @source Camporese et al. 2022 (RelViT): the released code's `MultiHeadAttentionScores`, without biases; its head has
 *   values too, which nothing reads. There the layers start as PyTorch's do; here normal with deviation 0.02
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { relativeDirections } from '@whereabouts/position-labels';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 2, channels: 16, depth: 1, heads: 2, positionEncoding: 'none' });
 * const head = relativeDirections({ spec: backbone.spec });
 * const pass = trainingPass({ seed: 0, step: 0 });
 * const features = backbone.apply(tf.ones([2, 8, 8, 3]), pass);
 * head.apply(features, pass).shape; // => [2, 16, 16, 9]
 * ```
 */
export function relativeDirections(
  options: HeadOptions & { readonly width?: number },
): PositionHead<tf.Tensor4D> {
  const read = readStage(options, 'direction head');
  const { grid, channels, length } = read.stage;
  const width = options.width ?? Math.max(1, Math.floor(channels / directions));
  if (!Number.isInteger(width) || width < 1)
    throw new Error(`The direction head got width: ${width}; expected a whole number from 1 up.`);
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('relativeDirections');
  const layer = (name: string) =>
    linear({ inputs: channels, outputs: directions * width, bias: false, random: random.fork(name) });
  const queries = layer('queries');
  const keys = layer('keys');

  const logitsOf = (features: Features): tf.Tensor4D => {
    const { tokens } = readTokens(features, read);
    const [batch, count] = tokens.shape;
    const apart = (all: tf.Tensor3D) =>
      tf.transpose(tf.reshape(all, [batch, count, directions, width]), [2, 0, 1, 3]); // [9, batch, length, width]
    const asked = apart(tf.mul(queries.apply(tokens), 1 / Math.sqrt(width)));
    const scores = tf.matMul(asked, apart(keys.apply(tokens)), false, true); // [9, batch, length, length]
    return tf.transpose(scores, [1, 2, 3, 0]) as tf.Tensor4D;
  };
  return {
    needs: read.needs,
    chance: directionChance(grid, length),
    variables: gatherVariables({ queries, keys }),
    apply: logitsOf,
    loss: (features) => {
      const logits = tf.reshape(logitsOf(features), [-1, directions]) as tf.Tensor2D; // [batch * length * length, 9]
      const labels = tf.reshape(directionLabels(readTokens(features, read).positions, grid), [-1]);
      const right = tf.cast(tf.equal(tf.argMax(logits, -1), labels), 'float32');
      return {
        loss: crossEntropy(logits, labels as tf.Tensor1D),
        metrics: { accuracy: tf.mean(right) as tf.Scalar },
      };
    },
  };
}
