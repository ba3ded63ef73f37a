import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { countParameters, evaluationPass, type FeatureSpec, type StageSpec } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { absolutePositions } from './absolute-positions.js';
import { attentiveWeights } from './attentive-weights.js';
import { absoluteChance, relativeChance } from './chance.js';
import { droppedPositions } from './dropped-positions.js';
import { relativeDirections } from './relative-directions.js';
import { relativeOffsets } from './relative-offsets.js';
import { relativePositions } from './relative-positions.js';

const specOf = (...stages: StageSpec[]): FeatureSpec => ({
  contract: 1,
  stages,
  pooled: 0,
  positionEncoding: 'none',
});
const stage = (side: number, channels: number, length = side * side): StageSpec => ({
  grid: { rows: side, columns: side },
  channels,
  length,
});
const shapes = (head: { variables: Readonly<Record<string, tf.Variable>> }) =>
  Object.fromEntries(Object.entries(head.variables).map(([path, { shape }]) => [path, shape]));

describe('variables', () => {
  it("of the dropped head are as many as DropPos' decoder of 2 blocks has for ViT-B/16", () => {
    const spec: FeatureSpec = { ...specOf(stage(14, 768, 49)), positionEncoding: 'partial' };
    expect(countParameters(droppedPositions({ spec }).variables)).toBe(6_800_068);
  });

  it('of the absolute head are those of the released code at 768 channels', () => {
    const head = absolutePositions({ spec: specOf(stage(14, 768)) });
    expect(shapes(head)).toEqual({
      'hidden.weight': [384, 384],
      'hidden.bias': [384],
      'feature.weight': [384, 192],
      'feature.bias': [192],
      'classes.weight': [192, 196],
      'classes.bias': [196],
    });
    expect(countParameters(head.variables)).toBe(259_588);
  });

  it('of the relative head are those of the released code at 768 channels', () => {
    const head = relativePositions({ spec: specOf(stage(7, 768)) });
    expect(shapes(head)).toEqual({
      'hidden.weight': [768, 384],
      'hidden.bias': [384],
      'feature.weight': [384, 384],
      'feature.bias': [384],
      'classes.weight': [384, 169],
      'classes.bias': [169],
    });
    expect(countParameters(head.variables)).toBe(508_201);
  });

  it('follow channels and hidden', () => {
    const spec = specOf(stage(2, 8));
    const first = (head: { variables: Readonly<Record<string, tf.Variable>> }) =>
      shapes(head)['hidden.weight'];
    expect(first(absolutePositions({ spec, channels: 'all' }))).toEqual([8, 4]);
    expect(first(relativePositions({ spec, channels: 'all' }))).toEqual([16, 4]);
    expect(shapes(relativePositions({ spec, hidden: [5, 3] }))).toMatchObject({
      'hidden.weight': [8, 5],
      'feature.weight': [5, 3],
      'classes.weight': [3, 9],
    });
  });

  it('start the same for the same seed, otherwise for another, and otherwise in either head', () => {
    const spec = specOf(stage(2, 8));
    const start = (head: { variables: Readonly<Record<string, tf.Variable>> }) =>
      Array.from(head.variables['feature.weight']?.dataSync() ?? []);
    const absolute = absolutePositions({ spec, hidden: [4, 4] });
    expect(start(absolute)).toEqual(start(absolutePositions({ spec, hidden: [4, 4], seed: 0 })));
    expect(start(absolute)).not.toEqual(start(absolutePositions({ spec, hidden: [4, 4], seed: 1 })));
    expect(start(absolute)).not.toEqual(start(relativePositions({ spec, hidden: [4, 4] })));
  });
});

describe('stage', () => {
  const spec = specOf(stage(4, 6), stage(2, 8));

  it('is the last unless given, and decides grid and channels', () => {
    expect(absolutePositions({ spec }).needs).toEqual({
      stage: -1,
      grid: { rows: 2, columns: 2 },
      channels: 8,
    });
    expect(shapes(absolutePositions({ spec }))['classes.weight']).toEqual([2, 4]);
    expect(shapes(absolutePositions({ spec, stage: 0 }))).toMatchObject({
      'hidden.weight': [3, 3],
      'classes.weight': [2, 16],
    });
    expect(shapes(relativePositions({ spec, stage: 0 }))['classes.weight']).toEqual([3, 49]);
  });

  it('is the one that is read', () => {
    const map = ({ grid, channels, length }: StageSpec) => ({
      tokens: tf.ones([1, length, channels]) as tf.Tensor3D,
      positions: tf.tensor2d([Array.from({ length }, (_, index) => index)], [1, length], 'int32'),
      grid,
    });
    const features = { stages: spec.stages.map(map) };
    expect(absolutePositions({ spec, stage: 0 }).apply(features, evaluationPass()).shape).toEqual([
      1, 16, 16,
    ]);
    expect(relativePositions({ spec, stage: -1 }).apply(features, evaluationPass()).shape).toEqual([
      1, 4, 4, 9,
    ]);
    expect(() =>
      absolutePositions({ spec, stage: 0 }).apply({ stages: features.stages.slice(1) }, evaluationPass()),
    ).toThrow(
      'The absolute position head was made for a grid of 4 x 4 (rows x columns), but the features have 2 x 2',
    );
  });
});

describe('chance', () => {
  it('belongs to the stage that is read, and to the tokens that are kept', () => {
    const spec = specOf(stage(4, 8, 5));
    expect(absolutePositions({ spec }).chance).toEqual(absoluteChance({ rows: 4, columns: 4 }));
    expect(relativePositions({ spec }).chance).toEqual(relativeChance({ rows: 4, columns: 4 }, 5));
  });
});

describe('errors', () => {
  it('say which head and what is missing', () => {
    const spec = specOf(stage(2, 7));
    expect(() => absolutePositions({ spec, stage: 3 })).toThrow(
      'The absolute position head needs stage 3, but the backbone hands over one stage, number 0.',
    );
    expect(() => relativePositions({ spec, stage: 3 })).toThrow('The relative position head needs stage 3');
    for (const factory of [absolutePositions, relativePositions]) {
      expect(() => factory({ spec })).toThrow(
        "reads half of the channels, but its stage has 7; choose an even number of channels, or channels: 'all'.",
      );
      expect(() => factory({ spec, channels: 'all' })).not.toThrow();
      expect(() => factory({ spec, channels: 'all', hidden: [4, 0] })).toThrow(
        'got hidden: [4,0]; expected two whole numbers from 1 up.',
      );
    }
    expect(() => relativeDirections({ spec, width: 0 })).toThrow(
      'The direction head got width: 0; expected a whole number from 1 up.',
    );
    expect(() => relativeOffsets({ spec, pairs: 1.5 })).toThrow(
      'The offset head got pairs: 1.5; expected a whole number from 1 up.',
    );
    expect(() => relativeOffsets({ spec, hidden: 0 })).toThrow(
      'The offset head got hidden: 0; expected a whole number from 1 up.',
    );
    for (const sigma of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => droppedPositions({ spec: { ...spec, positionEncoding: 'partial' }, sigma })).toThrow(
        `The dropped position head got sigma: ${sigma}; expected a number of cells from 0 up.`,
      );
    expect(() => attentiveWeights({ spec, variables: {}, apply: () => ({ stages: [] }) })).toThrow(
      'attentiveWeights needs a pooled vector (a class token or an average), but the backbone pools nothing.',
    );
    for (const pairs of [0, 2.5, -1])
      expect(() => relativePositions({ spec, channels: 'all', pairs })).toThrow(
        `got pairs: ${pairs}; expected 'all' or a whole number of pairs per image from 1 up.`,
      );
  });
});
