import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  crossEntropy,
  type FeatureSpec,
  type Features,
  type Head,
  linear,
  positionCount,
} from '@whereabouts/layers';

/** A head that keeps every promise: the position of each token of the last stage, by one linear layer. */
export function tinyHead(spec: FeatureSpec, seed: number): Head<unknown, tf.Tensor3D> {
  const stage = spec.stages.at(-1);
  if (stage === undefined) throw new Error('The tiny head needs a stage, but the backbone has none.');
  const classes = positionCount(stage.grid);
  const random = createRandom({ seed, step: 0 }).fork('tiny');
  const layer = linear({ inputs: stage.channels, outputs: classes, random });
  const logitsOf = (features: Features) => layer.apply(lastStage(features).tokens);
  return {
    needs: {},
    variables: layer.variables,
    apply: logitsOf,
    loss: (features) => {
      const logits = tf.reshape(logitsOf(features), [-1, classes]) as tf.Tensor2D;
      const labels = tf.reshape(lastStage(features).positions, [-1]) as tf.Tensor1D;
      const accuracy = tf.mean(tf.cast(tf.equal(tf.argMax(logits, -1), labels), 'float32')) as tf.Scalar;
      return { loss: crossEntropy(logits, labels), metrics: { accuracy } };
    },
  };
}

function lastStage(features: Features) {
  const stage = features.stages.at(-1);
  if (stage === undefined) throw new Error('The features have no stage.');
  return stage;
}
