import * as tf from '@tensorflow/tfjs-core';
import type { HostBatch } from '@whereabouts/layers';

/** The tensors of a batch; the caller's tidy owns them. */
export function tensorsOf(batch: HostBatch): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(batch).map(([name, { values, shape, dtype }]) => [
      name,
      tf.tensor(values, [...shape], dtype),
    ]),
  );
}
