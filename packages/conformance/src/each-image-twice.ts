import * as tf from '@tensorflow/tfjs-core';

/** The same value, with every tensor in it whose first axis is the batch followed by itself. */
export function eachImageTwice<Value>(value: Value, batchSize: number): Value {
  if (value instanceof tf.Tensor)
    return value.shape[0] === batchSize ? (tf.concat([value, value]) as unknown as Value) : value;
  if (Array.isArray(value)) return value.map((part) => eachImageTwice(part, batchSize)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, eachImageTwice(part, batchSize)]);
  return Object.fromEntries(parts);
}
