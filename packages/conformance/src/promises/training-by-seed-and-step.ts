import * as tf from '@tensorflow/tfjs-core';
import { trainingPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { difference, outputsOf } from '../outputs.js';
import { recordedPass } from '../recorded-pass.js';
import type { Specimen } from '../specimen.js';

/** What happens at random in training is decided by seed and step, and no two parts share a draw. */
export async function trainingBySeedAndStep(specimen: Specimen): Promise<void> {
  const { pass, drawn } = recordedPass({ training: true, seed: 1, step: 2 });
  tf.tidy(() => void specimen.run(pass));
  const twice = drawn.find((name, index) => drawn.indexOf(name) < index);
  if (twice !== undefined)
    throw brokenPromise(
      'a training pass draws each name once',
      'a fork of its own for each part (`within(pass, name)`)',
      `${twice} drawn more than once, with equal numbers`,
    );
  const first = await outputsOf(() => specimen.run(trainingPass({ seed: 3, step: 4 })));
  const second = await outputsOf(() => specimen.run(trainingPass({ seed: 3, step: 4 })));
  const found = difference(first, second, 1e-5);
  if (found !== undefined)
    throw brokenPromise(
      'randomness in training comes from pass.random alone',
      'the same output twice for one seed and step',
      found,
    );
}
