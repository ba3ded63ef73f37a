import type * as tf from '@tensorflow/tfjs-core';
import { createRandom, linear, positionCount } from '@whereabouts/layers';
import { absoluteHead } from './absolute-head.js';
import { type HeadOptions, type PositionHead, readStage } from './position-head.js';

/**
 * A head that tells where each token sits by one linear layer, `classes`, of all its channels: the head of MP3, and what
 * probes use. Predicts logits `[batch, length, positions] float32`; the loss is the cross-entropy, a mean over all tokens
 * of the batch. Metrics: `accuracy`, `withinOne`, `distance` in cells.
 *
 * For MP3 the backbone is a view that adds no encoding and in which a random part of the tokens supplies keys and values:
 * `maskedKeys(withoutEncoding(vit), { keepRatio: 0.25 })` of `@whereabouts/vit`.
 *
 * @throws when the backbone lacks the stage
 * @source Zhai et al. 2022 (MP3, arXiv 2207.07611): every token is told, those that supply keys too
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { linearPositions } from '@whereabouts/position-labels';
 * import { maskedKeys, vit, withoutEncoding } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 2, channels: 16, depth: 1, heads: 2 });
 * const view = maskedKeys(withoutEncoding(backbone), { keepRatio: 0.25 });
 * const head = linearPositions({ spec: view.spec });
 * const pass = trainingPass({ seed: 0, step: 0 });
 * head.apply(view.apply(tf.ones([2, 8, 8, 3]), pass), pass).shape; // => [2, 16, 16]
 * ```
 */
export function linearPositions(options: HeadOptions): PositionHead<tf.Tensor3D> {
  const read = readStage(options, 'linear position head');
  const { grid, channels } = read.stage;
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('linearPositions');
  const { variables, apply } = linear({ inputs: channels, outputs: positionCount(grid), random });
  return absoluteHead(read, { variables, logitsOf: apply });
}
