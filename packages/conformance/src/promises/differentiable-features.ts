import * as tf from '@tensorflow/tfjs-core';
import { type Features, type Pass, trainingPass, variable } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

/** A backbone can learn through a head: the loss has a gradient by tokens and vectors, or stops it on purpose. */
export async function differentiableFeatures(
  features: Features,
  lossOf: (features: Features, pass: Pass) => tf.Scalar,
): Promise<void> {
  const promise = 'a head lets gradients through to the features';
  const backbone = variable(tf.scalar(1)); // stands in for all of a backbone's weights
  const scaled = <Rank extends tf.Rank>(tensor: tf.Tensor<Rank>) => tf.mul<tf.Tensor<Rank>>(tensor, backbone);
  const loss = () => {
    const stages = features.stages.map((stage) => ({ ...stage, tokens: scaled(stage.tokens) }));
    const { pooled, distilled } = features;
    const moved: Features = {
      stages,
      ...(pooled === undefined ? {} : { pooled: scaled(pooled) }),
      ...(distilled === undefined ? {} : { distilled: scaled(distilled) }),
    };
    return tf.add(lossOf(moved, trainingPass({ seed: 0, step: 0 })), tf.mul(backbone, 0)) as tf.Scalar;
  };
  try {
    const { value, grads } = tf.variableGrads(loss, [backbone]);
    const gradient = await Promise.all(Object.values(grads).map((each) => each.data()));
    tf.dispose([value, grads]);
    const odd = gradient.flatMap((values) => Array.from(values)).find((number) => !Number.isFinite(number));
    if (odd !== undefined) throw brokenPromise(promise, 'finite numbers', `${odd}`);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Broken promise')) throw error;
    throw brokenPromise(promise, 'a gradient', String(error));
  } finally {
    backbone.dispose();
  }
}
