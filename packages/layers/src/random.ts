import * as tf from '@tensorflow/tfjs-core';
import { stream } from './stream.js';

/**
 * Named random tensors. A value depends on seed, step, name and shape alone, is drawn on the host and handed in as a
 * tensor: the same on every backend, eager or compiled.
 */
export interface Random {
  /** `shape float32`, uniform from 0 up to but not including 1. */
  readonly uniform: (name: string, shape: readonly number[]) => tf.Tensor;
  /** `shape float32`, standard normal. */
  readonly normal: (name: string, shape: readonly number[]) => tf.Tensor;
  /** The randomness of a part of the model: its names don't meet those of other parts. */
  readonly fork: (name: string) => Random;
}

/**
 * The randomness of one training step (or, with step 0, of an initialisation).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { createRandom } from '@whereabouts/layers';
 *
 * const first = createRandom({ seed: 1, step: 0 }).fork('mask').uniform('noise', [2, 3]);
 * const second = createRandom({ seed: 1, step: 0 }).uniform('mask/noise', [2, 3]);
 * first.equal(second).all().dataSync()[0]; // => 1
 * ```
 */
export function createRandom(origin: { readonly seed: number; readonly step: number }): Random {
  const draw = (path: string, kind: 'uniform' | 'normal', shape: readonly number[]): tf.Tensor => {
    const next = stream(origin.seed, origin.step, path, kind)[kind];
    const values = new Float32Array(shape.reduce((size, side) => size * side, 1));
    for (let index = 0; index < values.length; index += 1) values[index] = next();
    return tf.tensor(values, [...shape], 'float32');
  };
  const at = (prefix: string): Random => ({
    uniform: (name, shape) => draw(`${prefix}${name}`, 'uniform', shape),
    normal: (name, shape) => draw(`${prefix}${name}`, 'normal', shape),
    fork: (name) => at(`${prefix}${name}/`),
  });
  return at('');
}
