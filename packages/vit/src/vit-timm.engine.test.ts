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
import { vit } from './vit.js';
import type { VitOptions } from './vit-settings.js';

const variant = (name: string) => new URL(`../fixtures/${name}.safetensors`, import.meta.url);
const narrow = { patchSize: 4, channels: 12, depth: 2, heads: 3, mlpRatio: 2, classes: 5 };

const cases: readonly [string | URL, VitOptions & { classes: number }][] = [
  ['vit-class-token', { imageSize: 16, patchSize: 4, channels: 24, depth: 3, heads: 3, classes: 7 }],
  [
    'vit-average-pool',
    {
      imageSize: { height: 12, width: 20 },
      patchSize: 4,
      channels: 16,
      depth: 2,
      heads: 2,
      pooling: 'average',
      classToken: true,
      classes: 5,
    },
  ],
  [
    'vit-no-class-token',
    { imageSize: 16, patchSize: 8, channels: 24, depth: 2, heads: 4, pooling: 'average', classes: 5 },
  ],
  [variant('vit-registers'), { ...narrow, imageSize: 16, registers: 2, layerScale: 1e-5 }],
  [
    variant('vit-encoded-registers'),
    {
      ...narrow,
      imageSize: { height: 8, width: 16 },
      registers: 3,
      prefixEncoding: true,
      pooling: 'average',
      classToken: true,
    },
  ],
  [variant('vit-layer-scale'), { ...narrow, imageSize: { height: 12, width: 8 }, layerScale: 0.1 }],
];

describe.each(cases)('timm reference %s', (fixture, { classes, ...options }) => {
  const reference = readFixture(fixture);
  const inputs = timmImages(fixture);

  /** The model with the reference's weights; every one of them has a place, and every place one of them. */
  function loaded() {
    const backbone = vit(options);
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
    const features = reference('features');
    const [batch, length, channels] = features.shape as [number, number, number];
    const { classToken, registers } = model.backbone.settings;
    const prefix = (classToken ? 1 : 0) + registers;
    tf.tidy(() => {
      const { stages, pooled } = model.backbone.apply(model.images, evaluationPass());
      const tokens = tf.slice(tf.tensor(features.values, [batch, length, channels]), [0, prefix, 0]);
      expect(stages).toHaveLength(1);
      expectClose(stages[0]?.tokens as tf.Tensor, { shape: tokens.shape, values: tokens.dataSync() }, 1e-5);
      const { rows, columns } = model.backbone.grid;
      expect(stages[0]?.positions.dtype).toBe('int32');
      expect(stages[0]?.positions.arraySync()).toEqual(
        new Array(batch).fill(Array.from({ length: rows * columns }, (_, position) => position)),
      );
      expect(pooled?.shape).toEqual([batch, channels]);
      const logits = model.head.apply({ stages, pooled: pooled as tf.Tensor2D }, evaluationPass());
      expectClose(logits, reference('logits'), 1e-5);
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
