import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';

/** Makes a tensor, once a backend is there; another one for every name. */
export type MakeTensor = (name: string) => tf.Tensor;

/** `shape float32`, uniform between two numbers. */
export const numbers =
  (shape: readonly number[], low = -2, high = 2): MakeTensor =>
  (name) =>
    tf.tidy(() => {
      const draw = createRandom({ seed: 1, step: 0 }).uniform(name, shape);
      return tf.add(tf.mul(draw, high - low), low);
    });

/** `shape int32`, from `low` up to but not including `high`. */
export const integers =
  (shape: readonly number[], low = -5, high = 6): MakeTensor =>
  (name) =>
    tf.tidy(() => tf.cast(tf.floor(numbers(shape, low, high)(name)), 'int32'));

/** `shape bool` */
export const bools =
  (shape: readonly number[]): MakeTensor =>
  (name) =>
    tf.tidy(() => tf.greater(numbers(shape, -1, 1)(name), 0));

/** Given numbers. */
export const exactly =
  (
    values: readonly number[],
    shape: readonly number[] = [values.length],
    dtype: 'float32' | 'int32' | 'bool' = 'float32',
  ): MakeTensor =>
  () =>
    tf.tensor([...values], [...shape], dtype);
