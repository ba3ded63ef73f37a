import type { Tensor } from '@tensorflow/tfjs-core';
import { currentRecorder } from './recorder.js';

/**
 * Declares that a tensor made from host values, such as a table of position encodings, never changes, so that the
 * compiled engine may take it into its graph. Run op by op it is the tensor itself.
 *
 * Without it, the compiled engine refuses values larger than a scalar: a batch or a random draw would be frozen.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { constantTensor } from '@whereabouts/layers';
 *
 * constantTensor(tf.tensor1d([1, 2])).shape; // => [2]
 * ```
 */
export function constantTensor<Constant extends Tensor>(tensor: Constant): Constant {
  const { constantTensor: declare } = currentRecorder();
  return declare === undefined ? tensor : declare(tensor);
}
