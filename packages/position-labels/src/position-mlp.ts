import * as tf from '@tensorflow/tfjs-core';
import { gatherVariables, gelu, linear, project, type Random, type Variables } from '@whereabouts/layers';

/** The three linear layers of a position head: `hidden`, a GELU, then `feature` and `classes`. */
export interface PositionMlp {
  /** `weight` and `bias` of `hidden`, `feature` and `classes`. */
  readonly variables: Variables;
  /** `[inputs, hidden[0]] float32` */
  readonly hiddenWeight: tf.Tensor2D;
  /** `[hidden[0]] float32` */
  readonly hiddenBias: tf.Tensor1D;
  /** What follows the first layer: `[..., hidden[0]] float32` to logits `[..., classes] float32`. */
  readonly classify: <Hidden extends tf.Tensor>(hidden: Hidden) => Hidden;
  /**
   * `feature` and `classes` as one product: nothing stands between them, so `(a · A + b) · C + d` is
   * `a · (A · C) + (b · C + d)`. Worth it where the rows are many: it saves the paper's head a third of the work.
   */
  readonly foldedClassifier: () => { readonly weight: tf.Tensor2D; readonly bias: tf.Tensor1D };
}

/** Makes the layers of a position head. */
export function positionMlp(options: {
  readonly inputs: number;
  readonly hidden: readonly [number, number];
  readonly classes: number;
  readonly random: Random;
}): PositionMlp {
  const [first, second] = options.hidden;
  const layer = (name: string, inputs: number, outputs: number) =>
    linear({ inputs, outputs, random: options.random.fork(name) });
  const hidden = layer('hidden', options.inputs, first);
  const feature = layer('feature', first, second);
  const classes = layer('classes', second, options.classes);
  const matrix = (path: string) => variables[path] as tf.Tensor2D;
  const vector = (path: string) => variables[path] as tf.Tensor1D;
  const variables = gatherVariables({ hidden, feature, classes });
  return {
    variables,
    hiddenWeight: matrix('hidden.weight'),
    hiddenBias: vector('hidden.bias'),
    classify: (sums) => classes.apply(feature.apply(gelu(sums))),
    foldedClassifier: () => {
      const rows = tf.expandDims(vector('feature.bias')); // [1, hidden[1]]
      const bias = project(rows, matrix('classes.weight'), vector('classes.bias'));
      return {
        weight: project(matrix('feature.weight'), matrix('classes.weight')),
        bias: tf.reshape(bias, [options.classes]),
      };
    },
  };
}
