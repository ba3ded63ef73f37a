import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { Objective } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { tinyObjective } from '../testing/tiny-objective.js';
import { checkObjective } from './check-objective.js';
import { randomImages } from './random-images.js';

type TinyObjective = Objective<{ readonly images: tf.Tensor4D }>;

const images = randomImages({ height: 8, width: 12 });

describe('an objective that breaks one promise', () => {
  const cases: Record<string, [(good: TinyObjective) => Partial<TinyObjective>, string]> = {
    'no terms': [
      () => ({ terms: () => ({}), weights: {} }),
      'an objective has at least one term. Expected one or more; found none.',
    ],
    'a weight of no term': [
      () => ({ weights: { classes: 1 } }),
      'weights are finite numbers by the name of a term. Expected one of the terms where; found "classes".',
    ],
    'a weight that is not finite': [
      () => ({ weights: { where: Number.NaN } }),
      'weights are finite numbers by the name of a term. Expected a finite weight of where; found NaN.',
    ],
    'weight decay of no variable': [
      () => ({ undecayed: ['embedding.weight'] }),
      'undecayed names variables. Expected one of backbone.embedding.weight, ',
    ],
    'a layer of no variable': [
      () => ({ layerGroups: [['embedding']] }),
      'layerGroups names variables, none in two groups. Expected names that lead one of backbone.embedding.weight, ',
    ],
    'terms that come and go': [
      (good) => ({
        terms: (batch, pass) =>
          pass.training
            ? { ...good.terms(batch, pass), more: { loss: tf.scalar(0) } }
            : good.terms(batch, pass),
      }),
      'losses and metrics always have the same names. Expected where.loss, where.metrics.accuracy, more.loss, as in training; found where.loss, where.metrics.accuracy in evaluation.',
    ],
    'a batch that is disposed': [
      (good) => ({
        terms: (batch, pass) => {
          const terms = good.terms(batch, pass);
          batch.images.dispose();
          return terms;
        },
      }),
      'a pass disposes nothing that it was given. Expected the input to live on, since the caller may need it; found images disposed.',
    ],
    'a term that weighs nothing': [
      () => ({ weights: { where: 0 } }),
      'every trainable variable gets a gradient. Expected one that is not zero in at least one of 8 training steps; found none for backbone.embedding.weight, ',
    ],
    'a value that is read': [
      (good) => ({
        terms: (batch, pass) => {
          const terms = good.terms(batch, pass);
          terms.where?.loss.dataSync();
          return terms;
        },
      }),
      'a pass reads nothing back from the engine.',
    ],
  };

  it.each(Object.entries(cases))('%s', async (_name, [change, sentence]) => {
    const error = await checkObjective(
      (seed) => {
        const good = tinyObjective(seed);
        return { ...good, ...change(good) };
      },
      (batchSize, random) => ({ images: images(batchSize, random) }),
    ).then(
      () => new Error('no promise was broken'),
      (thrown: Error) => thrown,
    );
    expect(error.message).toContain(`Broken promise: ${sentence}`);
  });
});
