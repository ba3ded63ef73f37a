import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { classification, type HeadNeeds, trainingPass } from '@whereabouts/layers';
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

  it('gathers the scalars that its parts read, by path', () => {
    const backbone = { ...toyBackbone(0), scalars: { rate: 0.2 } };
    const classes = classification({ spec: backbone.spec, classes: 2 });
    expect(joint(backbone, { classes }).scalars).toEqual({ 'backbone.rate': 0.2 });
    expect(joint(backbone, { classes, smooth: { ...classes, scalars: { sigma: 1 } } }).scalars).toEqual({
      'backbone.rate': 0.2,
      'heads.smooth.sigma': 1,
    });
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
    const head = (needs: HeadNeeds) => ({ ...classes, needs });
    const sentences: readonly (readonly [HeadNeeds, string])[] = [
      [{ pooled: 16 }, "needs a pooled vector of 16 channels, but the backbone's has 8"],
      [{ stage: 2 }, 'needs stage 2, but the backbone hands over one stage, number 0'],
      [
        { grid: { rows: 4, columns: 1 } },
        "needs a grid of 4 x 1 (rows x columns), for which it was made, but the backbone's is 2 x 2",
      ],
      [{ channels: 4 }, "needs tokens of 4 channels, for which it was made, but the backbone's have 8"],
      [
        { positionEncoding: ['partial'] },
        "needs a position encoding of the kind partial, but the backbone's is none",
      ],
    ];
    for (const [needs, sentence] of sentences)
      expect(() => joint(backbone, { classes, mine: head(needs) })).toThrow(`The head "mine" ${sentence}.`);
    const few = { ...backbone.spec, stages: [{ grid: { rows: 2, columns: 2 }, channels: 8, length: 3 }] };
    expect(() => joint({ ...backbone, spec: few }, { mine: head({ everyPosition: true }) })).toThrow(
      'The head "mine" needs a token for every one of the 4 positions of the grid, but the backbone hands over 3.',
    );
    expect(() => joint(backbone, {})).toThrow(/at least one head/);
    const misnamed = { clases: 1 } as object;
    expect(() => joint(backbone, { classes }, { weights: misnamed })).toThrow(
      /"clases" names no head; the heads are classes/,
    );
  });
});
