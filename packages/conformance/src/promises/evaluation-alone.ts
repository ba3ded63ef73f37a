import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { difference, outputsOf } from '../outputs.js';
import { recordedPass } from '../recorded-pass.js';
import type { Specimen } from '../specimen.js';

/** Evaluation is a function of input and variables: nothing is drawn, and a second time gives the same. */
export async function evaluationAlone(specimen: Specimen): Promise<void> {
  const { pass, drawn } = recordedPass({ training: false, seed: 1, step: 2 });
  tf.tidy(() => void specimen.run(pass));
  if (drawn.length > 0)
    throw brokenPromise(
      'evaluation draws nothing from pass.random',
      'no draw where pass.training is false',
      drawn.join(', '),
    );
  const first = await outputsOf(() => specimen.run(evaluationPass()));
  const second = await outputsOf(() => specimen.run(evaluationPass()));
  const found = difference(first, second, 1e-5);
  if (found !== undefined)
    throw brokenPromise('evaluation depends on input and variables alone', 'the same output twice', found);
}
