import * as tf from '@tensorflow/tfjs-core';
import type { HostTensor } from '@whereabouts/layers';
import type { Computation, Inference } from './inference.js';
import { tensorsOf } from './tensors-of.js';

/** Runs a computation op by op. */
export function eagerInference(compute: Computation): Inference {
  return {
    run: async (batch) => {
      const results = tf.tidy(() => ({ ...compute(tensorsOf(batch)) }));
      try {
        const read = Object.entries(results).map(async ([name, tensor]): Promise<[string, HostTensor]> => {
          const values = (await tensor.data()) as Float32Array;
          return [name, { shape: tensor.shape, dtype: 'float32', values }];
        });
        return Object.fromEntries(await Promise.all(read));
      } finally {
        tf.dispose(results);
      }
    },
    dispose: () => {},
  };
}
