import * as tf from '@tensorflow/tfjs-core';

/** Tensors by the path at which they lie in a value, such as `stages.0.tokens`. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

/** Finds every tensor in a tensor, an array or a record of such; whatever else lies there is left out. */
export function namedTensors(value: unknown, path: readonly string[] = []): NamedTensors {
  if (value instanceof tf.Tensor) return { [path.join('.')]: value };
  if (typeof value !== 'object' || value === null) return {};
  return Object.assign({}, ...Object.entries(value).map(([key, part]) => namedTensors(part, [...path, key])));
}
