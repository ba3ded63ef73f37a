import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { loadVariables, readVariables } from '@whereabouts/layers';
import { adamW, eagerExecutor, trainingStep as ourStep, weightScalars } from '@whereabouts/trainer';
import { beforeAll, expect, it } from 'vitest';
import { oursObjective } from '../../ours-objective.js';
import { settingOf } from '../../setting.js';
import { randomBatch } from '../../start-file.js';
import { trainingStep } from './training-step.js';
import { visionTransformer } from './vision-transformer.js';

beforeAll(() => tf.setBackend('cpu'));

it('trains as ours does, from the same weights on the same batch', async () => {
  const { model, batch: size } = settingOf({ backend: 'cpu', batch: 2, channels: 12, depth: 2 });
  const training = { learningRate: 1e-2, weightDecay: 2, clipNorm: 0.5 }; // what is decayed and clipped shows
  const batch = randomBatch(model, size);
  const objective = oursObjective(model, 'none');
  for (const value of Object.values(objective.variables)) value.assign(tf.mul(value, 5)); // GELU and softmax bend
  const { variables, logits } = visionTransformer(model);
  loadVariables(variables, await readVariables(objective.variables));

  const plain = trainingStep(training, logits, variables);
  const images = tf.tensor4d(batch.images.values, [2, 32, 32, 3]);
  const classes = tf.tensor1d(batch.classes.values, 'int32');

  const optimiser = adamW({ ...objective, weightDecay: training.weightDecay });
  const steps = { train: ourStep({ objective, optimiser, clipNorm: training.clipNorm }) };
  const program = await eagerExecutor().prepare(steps, objective.variables);
  const norms: number[] = [];
  for (let step = 0; step < 6; step += 1) {
    const { learningRate } = training;
    const scalars = { learningRate, ...optimiser.scalars(step), ...weightScalars(objective.weights) };
    const ours = await program.run('train', { batch, scalars, seed: 0, step });
    norms.push(ours.gradientNorm ?? 0);
    const loss = await plain(images, classes);
    expect(Math.abs(loss - (ours.loss ?? Number.NaN)), `step ${step}`).toBeLessThan(1e-5);
  }
  expect(Math.max(...norms)).toBeGreaterThan(training.clipNorm);
});
