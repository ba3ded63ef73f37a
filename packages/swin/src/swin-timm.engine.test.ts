import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  disposeVariables,
  evaluationPass,
  type HostTensor,
  loadVariables,
  type Variables,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { timmImages, timmTensors } from '../testing/timm-reference.js';
import { swin } from './swin.js';
import type { SwinOptions } from './swin-settings.js';

const cases: readonly [string, SwinOptions & { classes: number }][] = [
  [
    'swin-two-stages',
    { imageSize: 32, patchSize: 2, windowSize: 4, channels: 16, depths: [2, 2], heads: [2, 4], classes: 6 },
  ],
  [
    'swin-three-stages', // the window of the last stage is its grid
    { imageSize: 56, patchSize: 2, channels: 12, depths: [2, 2, 2], heads: [1, 2, 4], classes: 4 },
  ],
  [
    'swin-padded', // the windows divide neither 18 x 14 nor 9 x 7 tokens
    {
      imageSize: { height: 36, width: 28 },
      patchSize: 2,
      windowSize: 4,
      channels: 12,
      depths: [2, 2],
      heads: [2, 4],
      classes: 4,
    },
  ],
  [
    '../../packages/swin/fixtures/swin-odd-grid', // 22 x 26, 11 x 13 and 6 x 7 tokens
    {
      imageSize: { height: 44, width: 52 },
      patchSize: 2,
      windowSize: 4,
      channels: 4,
      depths: [1, 2, 2],
      heads: [1, 2, 2],
      classes: 3,
    },
  ],
  [
    '../../packages/swin/fixtures/swin-unmerged', // 8 x 12 tokens twice
    {
      imageSize: { height: 16, width: 24 },
      patchSize: 2,
      windowSize: 4,
      channels: 4,
      depths: [2, 2],
      heads: [2, 2],
      mergeLastStage: false,
      classes: 3,
    },
  ],
];

describe.each(cases)('timm reference %s', (fixture, { classes, ...options }) => {
  const reference = readFixture(fixture);
  const inputs = timmImages(fixture);

  /** The model with the reference's weights; every one of them has a place, and every place one of them. */
  function loaded() {
    const backbone = swin(options);
    const head = classification({ spec: backbone.spec, classes });
    const variables = {
      ...backbone.variables,
      ...Object.fromEntries(Object.entries(head.variables).map(([path, value]) => [`head.${path}`, value])),
    };
    loadVariables(variables, timmTensors(fixture, 'weights/'));
    const images = tf.tensor<tf.Rank.R4>(inputs.values, inputs.shape);
    const labels = tf.tensor1d(Array.from(reference('labels').values), 'int32');
    return { backbone, head, variables, images, labels };
  }

  function release(model: { variables: Variables; images: tf.Tensor; labels: tf.Tensor }) {
    disposeVariables(model.variables);
    tf.dispose([model.images, model.labels]);
  }

  it('hands over the same features and logits', () => {
    const model = loaded();
    const { shape, values } = reference('features');
    const [batch, rows, columns, channels] = shape as [number, number, number, number];
    tf.tidy(() => {
      const features = model.backbone.apply(model.images, evaluationPass());
      const last = features.stages.at(-1);
      expectClose(last?.tokens as tf.Tensor, { shape: [batch, rows * columns, channels], values }, 1e-5);
      expect(last?.grid).toEqual({ rows, columns });
      expect(features.pooled?.shape).toEqual([batch, channels]);
      expectClose(model.head.apply(features, evaluationPass()), reference('logits'), 1e-5);
    });
    release(model);
  });

  it('has the same loss and every one of its gradients', () => {
    const model = loaded();
    const expected: Record<string, HostTensor> = timmTensors(fixture, 'gradients/');
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const pass = evaluationPass();
      const { value, grads } = tf.variableGrads(
        () => model.head.loss(model.backbone.apply(model.images, pass), { classes: model.labels }, pass).loss,
      );
      expectClose(tf.reshape(value, [1]), reference('loss'), 1e-5);
      expect(Object.keys(expected).sort()).toEqual(Object.keys(model.variables).sort());
      for (const [path, variable] of Object.entries(model.variables))
        expectClose(grads[variable.name] as tf.Tensor, expected[path] as HostTensor, 1e-4);
    });
    expect(tf.memory().numTensors).toBe(before);
    release(model);
  });
});
