import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import type { NamedTensors } from './named-tensors.js';

/** A scalar that gives every value of every float tensor a gradient of its own. */
export function projectOutputs(outputs: NamedTensors): tf.Scalar {
  const random = createRandom({ seed: 0, step: 0 }).fork('project');
  const parts = Object.entries(outputs)
    .filter(([, { dtype }]) => dtype === 'float32')
    .map(([name, tensor]) => tf.mean(tf.mul(tensor, random.normal(name, tensor.shape))));
  return tf.addN(parts) as tf.Scalar;
}
