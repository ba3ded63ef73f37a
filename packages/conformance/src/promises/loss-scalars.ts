import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, type HeadLoss, type Pass, trainingPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

/** Losses and metrics are scalars, and always the same ones. */
export function lossScalars(losses: (pass: Pass) => Readonly<Record<string, HeadLoss>>): void {
  const namesIn = (pass: Pass): string =>
    tf.tidy(() =>
      Object.entries(losses(pass))
        .flatMap(([term, { loss, metrics = {} }]) => [
          requireScalar(loss, `${term}loss`),
          ...Object.entries(metrics).map(([name, metric]) => requireScalar(metric, `${term}metrics.${name}`)),
        ])
        .join(', '),
    );
  const evaluated = namesIn(evaluationPass());
  const trained = namesIn(trainingPass({ seed: 0, step: 0 }));
  if (evaluated !== trained)
    throw brokenPromise(
      'losses and metrics always have the same names',
      `${trained}, as in training`,
      `${evaluated} in evaluation`,
    );
}

function requireScalar(tensor: tf.Tensor, name: string): string {
  if (tensor.rank !== 0 || tensor.dtype !== 'float32')
    throw brokenPromise(
      'losses and metrics are scalars',
      `${name} [] float32`,
      `[${tensor.shape}] ${tensor.dtype}`,
    );
  return name;
}
