import * as tf from '@tensorflow/tfjs-core';
import { gatherVariables, linear, project, type Random, type Variables } from '@whereabouts/layers';

/** Three linear layers with a ReLU after the first and the second. */
export interface ReluMlp {
  /** `weight` and `bias` of `hidden`, `feature` and `output`. */
  readonly variables: Variables;
  /** `[inputs, hidden] float32` */
  readonly hiddenWeight: tf.Tensor2D;
  /** `[hidden] float32` */
  readonly hiddenBias: tf.Tensor1D;
  /** `[..., inputs] float32` to `[..., outputs] float32`. */
  readonly apply: (tokens: tf.Tensor3D) => tf.Tensor3D;
  /** What follows the first layer's sums: `[..., hidden] float32` to `[..., outputs] float32`. */
  readonly finish: <Hidden extends tf.Tensor>(sums: Hidden) => Hidden;
}

/** Makes the layers; `hidden` outputs of the first and of the second. */
export function reluMlp(options: {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly random: Random;
}): ReluMlp {
  const layer = (name: string, inputs: number, outputs: number) =>
    linear({ inputs, outputs, random: options.random.fork(name) });
  const hidden = layer('hidden', options.inputs, options.hidden);
  const feature = layer('feature', options.hidden, options.hidden);
  const output = layer('output', options.hidden, options.outputs);
  const hiddenWeight = hidden.variables.weight as tf.Tensor2D;
  const hiddenBias = hidden.variables.bias as tf.Tensor1D;
  const finish = <Hidden extends tf.Tensor>(sums: Hidden): Hidden =>
    output.apply(tf.relu(feature.apply(tf.relu(sums))));
  return {
    variables: gatherVariables({ hidden, feature, output }),
    hiddenWeight,
    hiddenBias,
    apply: (tokens) => finish(project(tokens, hiddenWeight, hiddenBias)),
    finish,
  };
}
