import type { HostTensor } from '@whereabouts/layers';
import { expect, test } from 'vitest';
import { fromCheckpoint } from './from-checkpoint.js';

const numbers = (...values: number[]): HostTensor => ({
  shape: [values.length],
  dtype: 'float32',
  values: Float32Array.from(values),
});

test('the model comes without the optimiser, each part by itself', () => {
  expect(
    fromCheckpoint({
      'optimiser.backbone.norm.bias.mean': numbers(9),
      'model.backbone.norm.bias': numbers(1, 2),
      'model.backbone.heads.classes.bias': numbers(3),
      'model.heads.classes.bias': numbers(4),
      'model.heads.classes.distilled.bias': numbers(5),
      'model.heads.absolute.output.bias': numbers(6),
    }),
  ).toEqual({
    backbone: { 'norm.bias': numbers(1, 2), 'heads.classes.bias': numbers(3) },
    heads: {
      classes: { bias: numbers(4), 'distilled.bias': numbers(5) },
      absolute: { 'output.bias': numbers(6) },
    },
  });
});

test('averaged weights come before the last ones, unless the last ones are wanted', () => {
  const checkpoint = {
    'model.backbone.norm.bias': numbers(1),
    'model.backbone.classToken': numbers(2), // frozen, so it has no average
    'model.heads.classes.bias': numbers(3),
    'ema.backbone.norm.bias': numbers(4),
    'ema.heads.classes.bias': numbers(5),
  };
  expect(fromCheckpoint(checkpoint)).toEqual({
    backbone: { 'norm.bias': numbers(4), classToken: numbers(2) },
    heads: { classes: { bias: numbers(5) } },
  });
  expect(fromCheckpoint(checkpoint, { ema: false })).toEqual({
    backbone: { 'norm.bias': numbers(1), classToken: numbers(2) },
    heads: { classes: { bias: numbers(3) } },
  });
});

test('something else is refused, and named', () => {
  expect(() => fromCheckpoint({ cls_token: numbers(1), 'model.heads.a.b': numbers(1) })).toThrow(
    "This is no checkpoint of a training: no tensor's name begins with model.backbone. There are cls_token, model.heads.a.b. Weights of timm are read by fromTimmVit.",
  );
  expect(() => fromCheckpoint({})).toThrow('There are none.');
});
