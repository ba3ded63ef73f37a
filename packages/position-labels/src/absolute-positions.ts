import * as tf from '@tensorflow/tfjs-core';
import { createRandom, positionCount, project } from '@whereabouts/layers';
import { absoluteHead } from './absolute-head.js';
import { type PositionHead, type PositionHeadOptions, readOptions } from './position-head.js';
import { positionMlp } from './position-mlp.js';

/**
 * A head that tells where each token sits: one class per position of the grid. Predicts logits
 * `[batch, length, positions] float32`; the loss is the cross-entropy, a mean over all tokens of the batch.
 *
 * Labels come from `positions` and `grid`, so tokens may be any subset in any order. Metrics: `accuracy`, `withinOne` (off
 * by at most one row and one column), `distance` in cells.
 *
 * @param options.channels `half` reads the first half of the channels
 * @param options.hidden half and a quarter of the backbone's channels unless given
 * @throws when the backbone lacks the stage, or half of its channels is not a whole number
 * @source Zhang & Gong, AAAI 2023 (arXiv 2206.04981). Which half, and the layers at 768 channels (384, 384, 192, 196, the
 *   classifier with a bias), are the released code's; the rule for other widths is ours. `channels: 'all'` is an earlier
 *   state of that code: 768, 384, 192
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass, type Features, type FeatureSpec } from '@whereabouts/layers';
 * import { absolutePositions } from '@whereabouts/position-labels';
 *
 * const grid = { rows: 2, columns: 3 };
 * const spec: FeatureSpec = { contract: 1, stages: [{ grid, channels: 8, length: 4 }], pooled: 0, positionEncoding: 'none' };
 * const head = absolutePositions({ spec });
 *
 * const positions = tf.tensor2d([[5, 0, 3, 1]], [1, 4], 'int32'); // four visible tokens, in no order
 * const features: Features = { stages: [{ tokens: tf.randomNormal([1, 4, 8]), positions, grid }] };
 * head.apply(features, evaluationPass()).shape; // => [1, 4, 6]
 * Object.keys(head.loss(features, {}, evaluationPass()).metrics ?? {}); // => ['accuracy', 'withinOne', 'distance']
 * ```
 */
export function absolutePositions(options: PositionHeadOptions): PositionHead<tf.Tensor3D> {
  const read = readOptions(options, 'absolute position head');
  const { grid, channels } = read.stage;
  const mlp = positionMlp({
    inputs: read.width,
    hidden: options.hidden ?? [Math.ceil(channels / 2), Math.ceil(channels / 4)],
    classes: positionCount(grid),
    random: createRandom({ seed: options.seed ?? 0, step: 0 }).fork('absolutePositions'),
  });
  return absoluteHead(read, {
    variables: mlp.variables,
    logitsOf: (tokens) => {
      const [batch, length] = tokens.shape;
      const part = tf.slice(tokens, [0, 0, 0], [batch, length, read.width]);
      return mlp.classify(project(part, mlp.hiddenWeight, mlp.hiddenBias));
    },
  });
}
