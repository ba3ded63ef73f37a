import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Backbone } from './backbone.js';
import type { Features } from './features.js';
import type { Layer } from './layer.js';
import { trainingPass } from './pass.js';
import { predictor } from './predictor.js';
import { variable } from './variables.js';

it('is the head on the backbone, with the variables of both and randomness of their own', () => {
  const scale = variable(tf.scalar(2));
  const offset = variable(tf.scalar(3));
  const backbone: Backbone<tf.Tensor2D> = {
    spec: { contract: 1, stages: [], pooled: 2, positionEncoding: 'none' },
    variables: { scale },
    apply: (images, pass) => ({
      stages: [],
      pooled: tf.add(tf.mul(images, scale), pass.random.uniform('noise', [1, 2])),
    }),
  };
  const head: Layer<Features, tf.Tensor> = {
    variables: { offset },
    apply: ({ pooled }, pass) =>
      tf.add(tf.add(pooled as tf.Tensor, offset), pass.random.uniform('noise', [1, 2])),
  };
  const model = predictor(backbone, head);
  expect(model.variables).toEqual({ 'backbone.scale': scale, 'head.offset': offset });
  const pass = trainingPass({ seed: 0, step: 1 });
  const noise = (part: string) => pass.random.fork(part).uniform('noise', [1, 2]).arraySync();
  expect(noise('backbone')).not.toEqual(noise('head'));
  const expected = tf.add(
    tf.add(tf.tensor2d([[5, 7]]), noise('backbone') as number[][]),
    noise('head') as number[][],
  );
  expect(model.apply(tf.tensor2d([[1, 2]]), pass).arraySync()).toEqual(expected.arraySync());
});
