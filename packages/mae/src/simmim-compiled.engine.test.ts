import * as tf from '@tensorflow/tfjs-core';
import { createRandom, disposeVariables, trainingPass } from '@whereabouts/layers';
import { swin } from '@whereabouts/swin';
import { canCompile, compile } from '@whereabouts/xla';
import { expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { linearPixels } from './linear-pixels.js';
import { maskedCells } from './masked-cells.js';

it('compiled, SimMIM has the loss and gradients that it has op by op', () => {
  if (!canCompile()) return; // cpu and wasm run op by op alone
  const whole = swin({
    imageSize: 16,
    patchSize: 2,
    windowSize: 4,
    channels: 8,
    depths: [2, 2],
    heads: [1, 2],
  });
  const backbone = maskedCells(whole, { cellSize: 4 });
  const head = linearPixels({ spec: backbone.spec, patchSize: 4 });
  const variables = [...Object.values(backbone.variables), ...Object.values(head.variables)];
  const shape = [3, 16, 16, 3] as const;
  const learn = (images: tf.Tensor4D, { random }: Pick<ReturnType<typeof trainingPass>, 'random'>) => {
    const pass = { training: true, random };
    const { value, grads } = tf.variableGrads(
      () => head.loss(backbone.apply(images, pass), { images }, pass).loss,
      variables,
    );
    const gradients = variables.map(({ name }, index) => [`gradient${index}`, grads[name] as tf.Tensor]);
    return { loss: value, ...Object.fromEntries(gradients) } as Record<string, tf.Tensor>;
  };
  const compiled = compile({
    learn: {
      inputs: { images: { shape, dtype: 'float32' } },
      run: (given, pass) => learn(given.images as tf.Tensor4D, pass),
    },
  });
  tf.tidy(() => {
    const images = createRandom({ seed: 5, step: 0 }).normal('images', shape) as tf.Tensor4D;
    const wanted = learn(images, trainingPass({ seed: 1, step: 2 }));
    const found = compiled.run('learn', { images }, { seed: 1, step: 2 });
    expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, tensor] of Object.entries(wanted))
      expectClose(found[name] as tf.Tensor, { shape: tensor.shape, values: tensor.dataSync() }, 1e-5);
  });
  compiled.dispose();
  disposeVariables({ ...backbone.variables });
  disposeVariables(head.variables);
});
