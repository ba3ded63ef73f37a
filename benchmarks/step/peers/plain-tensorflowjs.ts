import * as tf from '@tensorflow/tfjs-core';
import { loadVariables } from '@whereabouts/layers';
import { readStart } from '../start-file.js';
import { trainingStep } from './plain/training-step.js';
import { visionTransformer } from './plain/vision-transformer.js';
import { openEngine, readTask, serve } from './serve.js';

const { setting, start } = readTask();

await serve(async () => {
  const engine = await openEngine(setting);
  const { batch, weights } = await readStart(start);
  const { variables, logits } = visionTransformer(setting.model);
  loadVariables(variables, weights, { partial: true }); // the weights have position heads besides
  return {
    engine,
    prepare: async () => {
      const step = trainingStep(setting.training, logits, variables);
      return async () => {
        const images = tf.tensor4d(
          batch.images.values,
          batch.images.shape as [number, number, number, number],
        );
        const classes = tf.tensor1d(batch.classes.values, 'int32');
        const loss = await step(images, classes);
        tf.dispose([images, classes]);
        return loss;
      };
    },
  };
});
