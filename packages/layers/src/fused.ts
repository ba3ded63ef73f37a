import type { Tensor } from '@tensorflow/tfjs-core';
import { type Compute, currentRecorder } from './recorder.js';

/**
 * Marks a function as one region for the compiled engine: it is computed in one go, and its gradient computes it anew
 * from the arguments instead of keeping intermediate values. Run op by op it is the plain function.
 *
 * @param compute a function of its arguments alone: a tensor that it reads otherwise gets no gradient when compiled
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { fused } from '@whereabouts/layers';
 *
 * const swish = fused((x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)));
 * swish(tf.scalar(0)).dataSync()[0]; // => 0
 * ```
 */
export function fused<Inputs extends Tensor[], Output extends Tensor | Tensor[]>(
  compute: (...inputs: Inputs) => Output,
): (...inputs: Inputs) => Output {
  return (...inputs) => {
    const { fused: record } = currentRecorder();
    if (record === undefined) return compute(...inputs);
    return record(compute as unknown as Compute, inputs) as Output;
  };
}
