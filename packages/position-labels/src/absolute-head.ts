import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy, type Features, positionCount, type Variables } from '@whereabouts/layers';
import { absoluteLabels } from './absolute-labels.js';
import { absoluteChance } from './chance.js';
import { type PositionHead, type ReadStage, readTokens } from './position-head.js';
import { positionMetrics } from './position-metrics.js';

/**
 * What all heads share that tell each token's position by itself: the loss is the cross-entropy, a mean over all tokens.
 *
 * @param logitsOf `[batch, length, channels] float32` to `[batch, length, positions] float32`
 */
export function absoluteHead(
  read: ReadStage,
  layers: {
    readonly variables: Variables;
    readonly logitsOf: (tokens: tf.Tensor3D) => tf.Tensor3D;
  },
): PositionHead<tf.Tensor3D> {
  const { grid } = read.stage;
  const predict = (features: Features) => layers.logitsOf(readTokens(features, read).tokens);
  return {
    needs: read.needs,
    chance: absoluteChance(grid),
    variables: layers.variables,
    apply: predict,
    loss: (features) => {
      const logits = tf.reshape(predict(features), [-1, positionCount(grid)]) as tf.Tensor2D; // [batch * length, positions]
      const labels = absoluteLabels(readTokens(features, read).positions);
      return {
        loss: crossEntropy(logits, labels),
        metrics: positionMetrics(logits, labels, grid.columns),
      };
    },
  };
}
