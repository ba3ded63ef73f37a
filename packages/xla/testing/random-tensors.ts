import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';

/** Makes a tensor once a backend is there. */
export type MakeTensor = () => tf.Tensor;

let draws = 0;

function uniformFrom(shape: readonly number[], low: number, high: number): tf.Tensor {
  return tf.tidy(() => {
    const draw = createRandom({ seed: 1, step: draws }).uniform('numbers', shape);
    draws += 1;
    return tf.add(tf.mul(draw, high - low), low);
  });
}

/** `shape float32`, uniform between two numbers. */
export const numbers =
  (shape: readonly number[], low = -2, high = 2): MakeTensor =>
  () =>
    uniformFrom(shape, low, high);

/** `shape int32`, from `low` up to but not including `high`. */
export const integers =
  (shape: readonly number[], low = -5, high = 6): MakeTensor =>
  () =>
    tf.tidy(() => tf.cast(tf.floor(uniformFrom(shape, low, high)), 'int32'));

/** `shape bool` */
export const bools =
  (shape: readonly number[]): MakeTensor =>
  () =>
    tf.tidy(() => tf.greater(uniformFrom(shape, -1, 1), 0));

/** Given numbers. */
export const exactly =
  (
    values: readonly number[],
    shape: readonly number[],
    dtype: 'float32' | 'int32' | 'bool' = 'float32',
  ): MakeTensor =>
  () =>
    tf.tensor([...values], [...shape], dtype);
