import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, trainingPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import type { Specimen } from '../specimen.js';

/** A pass under `tidy` leaves as many tensors as it found: none kept, none of the caller's disposed. */
export function noTensorLeft(specimen: Specimen): void {
  for (const pass of [evaluationPass(), trainingPass({ seed: 0, step: 0 })]) {
    const before = tf.memory().numTensors;
    tf.tidy(() => void specimen.run(pass));
    const change = tf.memory().numTensors - before;
    if (change !== 0)
      throw brokenPromise(
        'a pass under tf.tidy leaves the number of tensors as it was',
        `${before} tensors (make constants in the factory, not in a pass; dispose nothing)`,
        `${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'}`,
      );
  }
}
