import * as tf from '@tensorflow/tfjs-core';
import { brokenPromise } from '../broken-promise.js';
import { namedTensors } from '../named-tensors.js';

/** What a pass was given still lives after it. */
export function givenUntouched(given: unknown, run: () => void): void {
  tf.tidy(run);
  const disposed = Object.entries(namedTensors(given)).find(([, tensor]) => tensor.isDisposed)?.[0];
  if (disposed !== undefined)
    throw brokenPromise(
      'a pass disposes nothing that it was given',
      'the input to live on, since the caller may need it',
      `${disposed === '' ? 'the input' : disposed} disposed`,
    );
}
