import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import type { Executor } from './executor.js';
import { eagerInference } from './inference/eager-inference.js';
import { tensorsOf } from './inference/tensors-of.js';

/**
 * Runs steps op by op on whatever backend TensorFlow.js has; the variables are the only state.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { eagerExecutor } from '@whereabouts/trainer';
 *
 * const program = await eagerExecutor().prepare({ double: ({ scalars }) => ({ twice: tf.mul(scalars.x!, 2) }) }, {});
 * (await program.run('double', { batch: {}, scalars: { x: 3 }, seed: 0, step: 0 })).twice; // => 6
 * ```
 */
export function eagerExecutor(): Executor {
  return {
    name: 'eager',
    infer: eagerInference,
    prepare: async (steps) => ({
      run: async (name, inputs) => {
        let names: string[] = [];
        const values = tf.tidy(() => {
          const results = steps[name]({
            batch: tensorsOf(inputs.batch),
            scalars: Object.fromEntries(
              Object.entries(inputs.scalars).map(([key, value]) => [key, tf.scalar(value)]),
            ),
            random: createRandom(inputs),
          });
          names = Object.keys(results);
          return tf.stack(Object.values(results)); // one read for all
        });
        const numbers = await values.data();
        values.dispose();
        return Object.fromEntries(names.map((key, index) => [key, numbers[index] ?? Number.NaN]));
      },
      pull: async () => {},
      push: async () => {},
      dispose: () => {},
    }),
  };
}
