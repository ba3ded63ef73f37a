import * as tf from '@tensorflow/tfjs-core';
import { classification, createRandom, disposeVariables, trainingPass } from '@whereabouts/layers';
import { canCompile, compile } from '@whereabouts/xla';
import { expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { swin } from './swin.js';
import type { SwinOptions } from './swin-settings.js';

// 9 x 7 tokens, then 5 x 4: shifted, padded and masked.
const small: SwinOptions = {
  imageSize: { height: 18, width: 14 },
  patchSize: 2,
  windowSize: 4,
  channels: 16,
  depths: [2, 2],
  heads: [2, 4],
  dropPath: 0.3,
};

const cases: readonly [string, Partial<SwinOptions>, 'float32' | 'bf16', number][] = [
  ['in float32', {}, 'float32', 1e-5],
  ['without relative position bias', { relativePositionBias: false }, 'float32', 1e-5],
  ['with a last stage that keeps the grid', { mergeLastStage: false }, 'float32', 1e-5],
  ['in bf16, roughly', {}, 'bf16', 0.1],
];

it.each(cases)(
  'compiled, it has the loss and gradients that it has op by op: %s',
  (_, variant, precision, tolerance) => {
    if (!canCompile()) return; // cpu and wasm run op by op alone
    const backbone = swin({ ...small, ...variant });
    const head = classification({ spec: backbone.spec, classes: 5 });
    const variables = [...Object.values(backbone.variables), ...Object.values(head.variables)];
    const pass = trainingPass({ seed: 1, step: 2 });
    const lossAndGradients = (images: tf.Tensor4D, classes: tf.Tensor1D, random: typeof pass.random) => {
      const drawn = { training: true, random };
      const { value, grads } = tf.variableGrads(
        () => head.loss(backbone.apply(images, drawn), { classes }, drawn).loss,
        variables,
      );
      const gradients = variables.map(({ name }, index) => [`gradient${index}`, grads[name] as tf.Tensor]);
      return { loss: value, ...Object.fromEntries(gradients) } as Record<string, tf.Tensor>;
    };
    const images = { shape: [3, 18, 14, 3], dtype: 'float32' } as const;
    const classes = { shape: [3], dtype: 'int32' } as const;
    const compiled = compile(
      {
        learn: {
          inputs: { images, classes },
          run: (given, { random }) =>
            lossAndGradients(given.images as tf.Tensor4D, given.classes as tf.Tensor1D, random),
        },
      },
      { precision },
    );
    tf.tidy(() => {
      const batch = {
        images: createRandom({ seed: 5, step: 0 }).normal('images', images.shape) as tf.Tensor4D,
        classes: tf.tensor1d([0, 4, 2], 'int32'),
      };
      const wanted = lossAndGradients(batch.images, batch.classes, pass.random);
      const found = compiled.run('learn', batch, { seed: 1, step: 2 });
      expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
      for (const [name, tensor] of Object.entries(wanted))
        expectClose(found[name] as tf.Tensor, { shape: tensor.shape, values: tensor.dataSync() }, tolerance);
    });
    compiled.dispose();
    disposeVariables({ ...backbone.variables });
    disposeVariables(head.variables);
  },
);
