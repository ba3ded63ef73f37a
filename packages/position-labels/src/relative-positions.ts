import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  crossEntropy,
  type Features,
  type HeadLoss,
  type Pass,
  project,
} from '@whereabouts/layers';
import { allPairsLoss } from './all-pairs-loss.js';
import { relativeChance } from './chance.js';
import { type PositionHead, type PositionHeadOptions, readOptions, readTokens } from './position-head.js';
import { positionMetrics } from './position-metrics.js';
import { positionMlp } from './position-mlp.js';
import { labelsOfCodes, offsetCodes, offsetGrid, relativeClassCount } from './relative-labels.js';
import { samplePairs } from './sampled-pairs.js';

const name = 'relative position head';

/**
 * A head that tells for every ordered pair of tokens where the first lies as seen from the second: one class per offset
 * that the grid allows. The loss is the cross-entropy, a mean over all pairs of all images, a token with itself
 * included. Labels come from `positions` and `grid`, so tokens may be any subset in any order.
 *
 * A pair is the first half of the query's channels and the last half of the key's. The first linear layer splits into a
 * part for each, so that pairs meet only as a sum; the rest works through tiles of pairs and never holds all logits.
 *
 * `apply` does hold them all, `[batch, length, length, classes] float32`, query by key: use it on small grids.
 *
 * Metrics: `accuracy`, and of the predicted offset `withinOne` (off by at most one row and one column) and `distance` in
 * cells. Evaluation measures all pairs; training, where `pairs` is `all`, those of the first images, one or a few.
 *
 * @param options.channels `half` reads half of either token, as above; `all` reads both tokens whole
 * @param options.hidden half of the backbone's channels, twice, unless given
 * @param options.pairs `all`, exactly, unless given; a number draws so many pairs per image while training, evenly and
 *   with replacement: an unbiased estimate. Evaluation always takes all pairs
 * @throws when the backbone lacks the stage, or half of its channels is not a whole number
 * @source Zhang & Gong, AAAI 2023 (arXiv 2206.04981). Halves and layers at 768 channels (768, 384, 384, classes, the
 *   classifier with a bias) are the released code's; the rule for other widths, rectangular grids and sampling are ours.
 *   Splitting the first layer and merging the last two into one product changes nothing but rounding
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { type Features, type FeatureSpec, trainingPass } from '@whereabouts/layers';
 * import { relativePositions } from '@whereabouts/position-labels';
 *
 * const grid = { rows: 2, columns: 3 };
 * const spec: FeatureSpec = { contract: 1, stages: [{ grid, channels: 8, length: 6 }], pooled: 0, positionEncoding: 'none' };
 * const head = relativePositions({ spec });
 *
 * const positions = tf.tensor2d([[0, 1, 2, 3, 4, 5]], [1, 6], 'int32');
 * const features: Features = { stages: [{ tokens: tf.randomNormal([1, 6, 8]), positions, grid }] };
 * const pass = trainingPass({ seed: 0, step: 0 });
 * head.apply(features, pass).shape; // => [1, 6, 6, 15]
 * Math.abs(head.loss(features, {}, pass).loss.dataSync()[0]! - Math.log(15)) < 0.01; // => true
 * ```
 */
export function relativePositions(
  options: PositionHeadOptions & { readonly pairs?: 'all' | number },
): PositionHead<tf.Tensor4D> {
  const read = readOptions(options, name);
  const { pairs = 'all' } = options;
  if (pairs !== 'all' && (!Number.isInteger(pairs) || pairs < 1))
    throw new Error(
      `The ${name} got pairs: ${pairs}; expected 'all' or a whole number of pairs per image from 1 up.`,
    );
  const { stage, width } = read;
  const half = Math.ceil(stage.channels / 2);
  const mlp = positionMlp({
    inputs: 2 * width,
    hidden: options.hidden ?? [half, half],
    classes: relativeClassCount(stage.grid),
    random: createRandom({ seed: options.seed ?? 0, step: 0 }).fork('relativePositions'),
  });

  // The first layer's two parts; a pair's hidden vector is their sum.
  const meet = (features: Features) => {
    const { tokens, positions } = readTokens(features, read);
    const [batch, length, channels] = tokens.shape;
    const part = (firstChannel: number, firstRow: number, bias?: tf.Tensor): tf.Tensor3D =>
      project(
        tf.slice(tokens, [0, 0, firstChannel], [batch, length, width]),
        tf.slice(mlp.hiddenWeight, [firstRow, 0], [width, mlp.hiddenWeight.shape[1]]),
        bias,
      );
    return { queries: part(0, 0, mlp.hiddenBias), keys: part(channels - width, width), positions };
  };

  const exactLoss = (features: Features, pass: Pass): HeadLoss => {
    const { queries, keys, positions } = meet(features);
    const codes = offsetCodes(positions, stage.grid) as tf.Tensor2D;
    const means = allPairsLoss({ queries, keys, codes, ...mlp.foldedClassifier() }, stage.grid, {
      gradientNow: pass.training,
      metricsOf: pass.training ? 'first images' : 'all images',
    });
    const mean = (index: number) => tf.reshape(tf.slice(means, [index], [1]), []) as tf.Scalar;
    return { loss: mean(0), metrics: { accuracy: mean(1), withinOne: mean(2), distance: mean(3) } };
  };
  const sampledLoss = (features: Features, count: number, pass: Pass): HeadLoss => {
    const { sums, queryPositions, keyPositions } = samplePairs(meet(features), count, pass.random.uniform);
    const labels = labelsOfCodes(
      offsetCodes(queryPositions, stage.grid),
      offsetCodes(keyPositions, stage.grid),
      stage.grid,
    ) as tf.Tensor1D;
    const logits = mlp.classify(sums);
    return {
      loss: crossEntropy(logits, labels),
      metrics: positionMetrics(logits, labels, offsetGrid(stage.grid).columns),
    };
  };

  return {
    needs: read.needs,
    chance: relativeChance(stage.grid, stage.length),
    variables: mlp.variables,
    apply: (features) => {
      const { queries, keys } = meet(features);
      return mlp.classify(tf.add(tf.expandDims(queries, 2), tf.expandDims(keys, 1)) as tf.Tensor4D);
    },
    loss: (features, _batch, pass) =>
      pairs === 'all' || !pass.training ? exactLoss(features, pass) : sampledLoss(features, pairs, pass),
  };
}
