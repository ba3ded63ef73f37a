import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { classification, trainingPass } from '@whereabouts/layers';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { toyBackbone, toyObjective } from '../testing/toy.js';
import { type JointBatch, joint } from './joint.js';

describe('joint', () => {
  it('names variables by their owner and weighs by name', () => {
    const objective = toyObjective(0);
    expect(Object.keys(objective.variables)).toEqual([
      'backbone.layer.weight',
      'backbone.layer.bias',
      'heads.classes.weight',
      'heads.classes.bias',
    ]);
    expect(objective.weights).toEqual({ classes: 1 });
  });

  it('infers the batch from the heads', () => {
    const backbone = toyBackbone(0);
    const heads = { classes: classification({ spec: backbone.spec, classes: 2 }) };
    expectTypeOf<JointBatch<tf.Tensor4D, typeof heads>>().toExtend<{
      images: tf.Tensor4D;
      classes: tf.Tensor1D;
    }>();
  });

  it('keeps the losses of a head when another is added', () => {
    const backbone = toyBackbone(0);
    const classes = classification({ spec: backbone.spec, classes: 2 });
    const others = { more: classification({ spec: backbone.spec, classes: 2, seed: 1 }) };
    const batch = { images: tf.ones<tf.Rank.R4>([2, 4, 4, 3]), classes: tf.tensor1d([0, 1], 'int32') };
    const pass = trainingPass({ seed: 3, step: 4 });
    const alone = joint(backbone, { classes }).terms(batch, pass).classes?.loss.dataSync();
    const together = joint(backbone, { ...others, classes })
      .terms(batch, pass)
      .classes?.loss.dataSync();
    expect(together).toEqual(alone);
  });

  it('says which head needs what the backbone does not offer', () => {
    const backbone = toyBackbone(0);
    const classes = classification({ spec: backbone.spec, classes: 2 });
    const blind = { ...backbone, spec: { ...backbone.spec, pooled: 0 } };
    expect(() => joint(blind, { classes })).toThrow(
      'The head "classes" needs a pooled vector (a class token or an average), but the backbone pools nothing.',
    );
    expect(() => joint(backbone, {})).toThrow(/at least one head/);
    const misnamed = { clases: 1 } as object;
    expect(() => joint(backbone, { classes }, { weights: misnamed })).toThrow(
      /"clases" names no head; the heads are classes/,
    );
  });
});
