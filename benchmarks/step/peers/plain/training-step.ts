import * as tf from '@tensorflow/tfjs-core';
import type { Setting } from '../../setting.js';

/**
 * AdamW and clipping by hand, since TensorFlow.js has neither; one call is one step and reads its loss.
 *
 * @param logitsOf the model
 * @param variables all that it learns, by name
 */
export function trainingStep(
  { learningRate, weightDecay, clipNorm }: Setting['training'],
  logitsOf: (images: tf.Tensor4D) => tf.Tensor2D,
  variables: Readonly<Record<string, tf.Variable>>,
) {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const states = Object.entries(variables).map(([name, variable]) => ({
    variable,
    moment1: tf.variable(tf.zerosLike(variable)),
    moment2: tf.variable(tf.zerosLike(variable)),
    decay: variable.rank < 2 || /classToken|positionEncoding/.test(name) ? 0 : weightDecay,
  }));
  let step = 0;

  return async (images: tf.Tensor4D, classes: tf.Tensor1D): Promise<number> => {
    step += 1;
    const loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        const logits = logitsOf(images);
        // The cast: asked for float32, oneHot gives wrong numbers on wasm.
        const wanted = tf.cast(tf.oneHot(classes, logits.shape[1]), 'float32');
        return tf.losses.softmaxCrossEntropy(wanted, logits) as tf.Scalar;
      }, Object.values(variables));
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))));
      const factor = tf.minimum(tf.div(clipNorm, tf.add(norm, 1e-6)), 1);
      for (const { variable, moment1, moment2, decay } of states) {
        const gradient = tf.mul(grads[variable.name] as tf.Tensor, factor);
        moment1.assign(tf.add(tf.mul(moment1, beta1), tf.mul(gradient, 1 - beta1)));
        moment2.assign(tf.add(tf.mul(moment2, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const mean = tf.div(moment1, 1 - beta1 ** step);
        const deviation = tf.sqrt(tf.div(moment2, 1 - beta2 ** step));
        const change = tf.mul(tf.div(mean, tf.add(deviation, epsilon)), learningRate);
        const kept = decay === 0 ? variable : tf.mul(variable, 1 - learningRate * decay);
        variable.assign(tf.sub(kept, change));
      }
      return value;
    });
    const [number = Number.NaN] = await loss.data();
    loss.dispose();
    return number;
  };
}
