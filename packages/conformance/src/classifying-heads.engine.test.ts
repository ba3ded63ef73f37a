import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  createRandom,
  distillation,
  hardDistillation,
  linear,
  type Random,
  softDistillation,
  type Teacher,
} from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { checkHead } from './check-head.js';

const classes = 3;
const makeBatch = (batchSize: number, random: Random) => ({
  classes: tf.cast(tf.mul(random.uniform('classes', [batchSize]), classes), 'int32') as tf.Tensor1D,
  images: random.normal('images', [batchSize, 2, 2, 3]) as tf.Tensor4D,
});

it('a classifier keeps the promises of a head, with a distilled vector and without', async () => {
  const before = tf.memory().numTensors;
  await checkHead((spec, seed) => classification({ spec, classes, seed, smoothing: 0.1 }), { makeBatch });
  expect(tf.memory().numTensors).toBe(before);
});

it.each([
  ['hard', hardDistillation()],
  ['soft', softDistillation()],
])('so does one that learns from a teacher: %s', async (_, loss) => {
  const layer = linear({ inputs: 12, outputs: classes, random: createRandom({ seed: 7, step: 0 }) });
  const teacher: Teacher = {
    variables: layer.variables,
    apply: (images) => layer.apply(tf.reshape(images, [-1, 12]) as tf.Tensor2D),
  };
  const before = tf.memory().numTensors;
  await checkHead((spec, seed) => distillation({ spec, classes, seed, teacher, loss }), { makeBatch });
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(Object.values(layer.variables));
});
