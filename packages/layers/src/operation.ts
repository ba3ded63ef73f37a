import * as tf from '@tensorflow/tfjs-core';

/** The result of an operation that knows its own gradient. */
export interface OperationResult {
  readonly value: tf.Tensor;
  /** What the gradient will need; kept until the gradient has been computed. */
  readonly saved: tf.Tensor[];
  /** From the gradient of the value and the saved tensors to one gradient per input, in order. */
  readonly gradient: (upstream: tf.Tensor, saved: readonly tf.Tensor[]) => tf.Tensor[];
}

/**
 * Makes one differentiable operation of a forward function and its gradient, instead of the gradient that the engine
 * would chain from every step inside.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { operation } from '@whereabouts/layers';
 *
 * const double = operation((x) => ({ value: tf.mul(x, 2), saved: [], gradient: (up) => [tf.mul(up, 2)] }));
 * tf.grad(double)(tf.scalar(3)).dataSync()[0]; // => 2
 * ```
 */
export function operation(
  run: (...inputs: tf.Tensor[]) => OperationResult,
): (...inputs: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...inputsAndSave) => {
    const inputs = inputsAndSave.slice(0, -1) as tf.Tensor[];
    const save = inputsAndSave.at(-1) as tf.GradSaveFunc;
    const { value, saved, gradient } = run(...inputs);
    save(saved);
    return { value, gradFunc: gradient };
  });
}
