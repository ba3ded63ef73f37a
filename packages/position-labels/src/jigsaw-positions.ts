import type * as tf from '@tensorflow/tfjs-core';
import { createRandom, positionCount } from '@whereabouts/layers';
import { absoluteHead } from './absolute-head.js';
import { type HeadOptions, type PositionHead, readStage } from './position-head.js';
import { reluMlp } from './relu-mlp.js';

/**
 * The head of Jigsaw-ViT: where each token sits, by three linear layers as wide as the tokens with ReLUs between them.
 * Predicts logits `[batch, length, positions] float32`; the loss is the cross-entropy, a mean over all tokens of the
 * batch. Metrics: `accuracy`, `withinOne`, `distance` in cells.
 *
 * On a ViT it belongs on a second pass without an encoding that sees half of the patches,
 * `masked(withoutEncoding(vit), { keepRatio: 0.5 })` of `@whereabouts/vit`, beside the class on the whole ViT, with a weight
 * of 0.1: `together` of `@whereabouts/trainer` joins the two. On a Swin it reads the last stage of the one pass.
 *
 * @throws when the backbone lacks the stage
 * @source Chen et al. 2023 (Jigsaw-ViT, arXiv 2207.11971) and its code, for DeiT and Swin. There the layers start as
 *   PyTorch's do; here normal with deviation 0.02
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { jigsawPositions } from '@whereabouts/position-labels';
 * import { masked, vit, withoutEncoding } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 2, channels: 16, depth: 1, heads: 2 });
 * const jigsaw = masked(withoutEncoding(backbone), { keepRatio: 0.5 });
 * const head = jigsawPositions({ spec: jigsaw.spec });
 * const pass = trainingPass({ seed: 0, step: 0 });
 * head.apply(jigsaw.apply(tf.ones([2, 8, 8, 3]), pass), pass).shape; // => [2, 8, 16]
 * ```
 */
export function jigsawPositions(options: HeadOptions): PositionHead<tf.Tensor3D> {
  const read = readStage(options, 'jigsaw head');
  const { grid, channels } = read.stage;
  const { variables, apply } = reluMlp({
    inputs: channels,
    hidden: channels,
    outputs: positionCount(grid),
    random: createRandom({ seed: options.seed ?? 0, step: 0 }).fork('jigsawPositions'),
  });
  return absoluteHead(read, { variables, logitsOf: apply });
}
