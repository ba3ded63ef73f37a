import * as tf from '@tensorflow/tfjs-core';
import { createRandom, type Variables } from '@whereabouts/layers';

/**
 * Adds noise to all variables, so that a weight which starts at zero hides nothing behind it, and loading has something
 * to change.
 */
export function unsettle(variables: Variables, deviation: number): void {
  const random = createRandom({ seed: 0, step: 0 }).fork('unsettle');
  tf.tidy(() => {
    for (const [path, variable] of Object.entries(variables))
      if (variable.dtype === 'float32')
        variable.assign(tf.add(variable, tf.mul(random.normal(path, variable.shape), deviation)));
  });
}
