import * as tf from '@tensorflow/tfjs-core';
import { namedTensors } from './named-tensors.js';

/** Makes something of tensors and frees all others that were needed on the way. */
export function makeTidily<Made>(make: () => Made): Made {
  const boxes: Made[] = [];
  tf.tidy(() => {
    const made = make();
    boxes.push(made);
    return { ...namedTensors(made) };
  });
  return boxes[0] as Made;
}
