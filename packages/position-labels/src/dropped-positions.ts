import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  type Features,
  gatherVariables,
  layerNorm,
  linear,
  type Pass,
  positionCount,
  transformerBlock,
  within,
} from '@whereabouts/layers';
import { absoluteLabels } from './absolute-labels.js';
import { absoluteChance } from './chance.js';
import { type HeadOptions, type PositionHead, readStage, readTokens } from './position-head.js';
import { positionMetrics } from './position-metrics.js';
import { smoothLabels } from './smooth-labels.js';
import { weightedMean } from './weighted-mean.js';

const name = 'dropped position head';

/** What the head may be told. */
export interface DroppedPositionsOptions<Batch> extends HeadOptions {
  /** How far labels are spread while training, in cells; a training changes it as the scalar `sigma`. 1 unless given. */
  readonly sigma?: number;
  /** The blocks between the tokens and the classes: 512 channels, depth 2 and 16 heads unless given. */
  readonly decoder?: { readonly channels: number; readonly depth: number; readonly heads: number };
  /**
   * How much each token counts in the loss, `[batch, length] float32` for the tokens at `positions`; all alike unless
   * given. `attentiveWeights` is that of the paper.
   */
  readonly weigh?: (batch: Batch, positions: tf.Tensor2D) => tf.Tensor2D;
}

/**
 * The head of DropPos: where each token sits whose position was not told. A decoder of a few transformer blocks, to which no
 * encoding is added, lets the tokens look at each other. Predicts logits `[batch, length, positions] float32`; the loss is
 * the cross-entropy against labels spread over the cells around them, a mean over the tokens with `positionGiven` 0.
 *
 * It needs a backbone of which some tokens were told their positions, such as
 * `partialEncoding(vit, { keepRatio: 0.25, givenRatio: 0.25 })` of `@whereabouts/vit`. `sigma` goes from 1 to 0 in the course of a
 * training: `train({ scalars: { 'heads.dropped.sigma': linearSchedule({ from: 1, to: 0, steps }) } })` for a head named `dropped`. Evaluation takes
 * hard labels. Metrics, over the tokens that were not told: `accuracy`, `withinOne`, `distance` in cells.
 *
 * @throws when the backbone lacks the stage, or its encoding isn't partial
 * @source Wang et al. 2023 (DropPos, arXiv 2309.03576) and its code. There the class token goes through the decoder too; a
 *   head knows patch tokens alone. Labels are spread on the true grid, see `smoothLabels`
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { droppedPositions } from '@whereabouts/position-labels';
 * import { partialEncoding, vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 16, patchSize: 2, channels: 16, depth: 1, heads: 2 });
 * const view = partialEncoding(backbone, { keepRatio: 0.25, givenRatio: 0.25 });
 * const head = droppedPositions({ spec: view.spec, decoder: { channels: 16, depth: 2, heads: 2 } });
 * head.scalars; // => { "sigma": 1 }
 *
 * const pass = { ...trainingPass({ seed: 0, step: 0 }), scalars: { sigma: tf.scalar(0.5) } };
 * const features = view.apply(tf.ones([2, 16, 16, 3]), pass);
 * head.apply(features, pass).shape; // => [2, 16, 64]
 * Math.abs(head.loss(features, {}, pass).loss.dataSync()[0]! - Math.log(64)) < 0.1; // => true
 * ```
 */
export function droppedPositions<Batch = unknown>(
  options: DroppedPositionsOptions<Batch>,
): PositionHead<tf.Tensor3D, Batch> {
  const { sigma = 1, decoder = { channels: 512, depth: 2, heads: 16 }, weigh } = options;
  if (!(sigma >= 0 && Number.isFinite(sigma)))
    throw new Error(`The ${name} got sigma: ${sigma}; expected a number of cells from 0 up.`);
  const read = readStage(options, name, { positionEncoding: ['partial'] });
  const { grid, channels } = read.stage;
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('droppedPositions');
  const embedding = linear({
    inputs: channels,
    outputs: decoder.channels,
    random: random.fork('embedding'),
  });
  const blocks = Array.from({ length: decoder.depth }, (_, block) =>
    transformerBlock({
      channels: decoder.channels,
      heads: decoder.heads,
      random: random.fork(`blocks.${block}`),
    }),
  );
  const norm = layerNorm({ channels: decoder.channels });
  const classes = linear({
    inputs: decoder.channels,
    outputs: positionCount(grid),
    random: random.fork('classes'),
  });

  const logitsOf = (features: Features, pass: Pass): tf.Tensor3D => {
    const embedded = embedding.apply(readTokens(features, read).tokens); // [batch, length, decoder channels]
    const decoded = blocks.reduce(
      (flow, block, index) => block.apply(flow, within(pass, `blocks.${index}`)),
      embedded,
    );
    return classes.apply(norm.apply(decoded));
  };
  return {
    needs: read.needs,
    scalars: { sigma },
    chance: absoluteChance(grid),
    variables: gatherVariables({
      embedding,
      ...Object.fromEntries(blocks.map((block, index) => [`blocks.${index}`, block])),
      norm,
      classes,
    }),
    apply: logitsOf,
    loss: (features, batch, pass) => {
      const logits = tf.reshape(logitsOf(features, pass), [-1, positionCount(grid)]) as tf.Tensor2D; // [batch * length, positions]
      const { positions, positionGiven } = readTokens(features, read);
      if (positionGiven === undefined)
        throw new Error(
          `The ${name} reads positionGiven, but the features have none; the backbone has to say which positions it was told.`,
        );
      const labels = absoluteLabels(positions);
      const untold = tf.sub(1, positionGiven) as tf.Tensor2D;
      const targets = smoothLabels(labels, grid, pass.training ? (pass.scalars?.sigma ?? sigma) : 0);
      const entropies = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1)); // [batch * length]
      const counts = weigh === undefined ? untold : tf.mul(untold, weigh(batch, positions));
      return {
        loss: weightedMean(entropies, tf.reshape(counts, [-1])),
        metrics: positionMetrics(logits, labels, grid.columns, tf.reshape(untold, [-1]) as tf.Tensor1D),
      };
    },
  };
}
