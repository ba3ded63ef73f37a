import * as tf from '@tensorflow/tfjs-core';
import {
  disposeVariables,
  type HostTensor,
  loadVariables,
  type Pass,
  trainingPass,
  type Variables,
} from '@whereabouts/layers';
import { patchify } from '@whereabouts/patch-embedding';
import { swin } from '@whereabouts/swin';
import { expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { timmImages } from '../../swin/testing/timm-reference.js';
import { simmimTensors } from '../testing/simmim-reference.js';
import { linearPixels } from './linear-pixels.js';
import { maskedCells } from './masked-cells.js';

const fixture = '../../packages/mae/fixtures/simmim';
const reference = readFixture(fixture);

/** Encoder, mask token and head with the reference's weights, and a pass that draws the reference's noise. */
function loaded() {
  const whole = swin({
    imageSize: { height: 24, width: 32 },
    patchSize: 2,
    windowSize: 4,
    channels: 4,
    depths: [2, 2],
    heads: [1, 2],
  });
  const backbone = maskedCells(whole, { keepRatio: 0.4, cellSize: 8 });
  const head = linearPixels({ spec: backbone.spec, patchSize: whole.strides.at(-1) as number });
  const variables: Variables = {
    ...backbone.variables,
    ...Object.fromEntries(Object.entries(head.variables).map(([path, value]) => [`head.${path}`, value])),
  };
  loadVariables(variables, simmimTensors(fixture, 'weights/'));
  const { values, shape } = timmImages(fixture);
  const images = tf.tensor<tf.Rank.R4>(values, shape);
  const { random } = trainingPass({ seed: 0, step: 0 });
  const noise = () => tf.tensor2d(Array.from(reference('noise').values), [2, 12]);
  const pass: Pass = { training: true, random: { ...random, uniform: noise } };
  return { backbone, head, variables, images, pass };
}

it('hides the same patches as SimMIM, and paints the same pixels', () => {
  const { backbone, head, variables, images, pass } = loaded();
  tf.tidy(() => {
    const features = backbone.apply(images, pass);
    const hidden = tf.sub(1, features.stages[0]?.contentGiven as tf.Tensor);
    const { values } = reference('mask');
    expectClose(hidden, { shape: [2, 12 * 16], values }, 0);
    const { shape, values: pixels } = reference('prediction');
    const wanted = patchify(tf.tensor<tf.Rank.R4>(pixels, shape as [number, number, number, number]), 4);
    expectClose(head.apply(features, pass), { shape: wanted.shape, values: wanted.dataSync() }, 1e-5);
  });
  disposeVariables(variables);
  images.dispose();
});

it('has the same loss as SimMIM, and every one of its gradients, that of the mask token too', () => {
  const { backbone, head, variables, images, pass } = loaded();
  const expected = simmimTensors(fixture, 'gradients/');
  tf.tidy(() => {
    const { value, grads } = tf.variableGrads(
      () => head.loss(backbone.apply(images, pass), { images }, pass).loss,
    );
    expectClose(tf.reshape(value, [1]), reference('loss'), 1e-5);
    expect(Object.keys(expected).sort()).toEqual(Object.keys(variables).sort());
    for (const [path, variable] of Object.entries(variables))
      expectClose(grads[variable.name] as tf.Tensor, expected[path] as HostTensor, 1e-4);
  });
  disposeVariables(variables);
  images.dispose();
});
