import '@tensorflow/tfjs';
import { classification } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { toyBackbone } from '../testing/toy.js';
import { joint } from './joint.js';
import { layerDecay } from './layer-decay.js';

const { layerGroups: _known, ...backbone } = toyBackbone(0);
const heads = { classes: classification({ spec: backbone.spec, classes: 2 }) };

describe('layerDecay', () => {
  it('falls from the heads to the first layer', () => {
    const objective = joint({ ...backbone, layerGroups: [['layer.weight'], ['layer.bias']] }, heads);
    expect(layerDecay(objective, 0.5)).toEqual({
      'backbone.layer.weight': 0.25,
      'backbone.layer.bias': 0.5,
      'heads.classes.weight': 1,
      'heads.classes.bias': 1,
    });
  });

  it('leaves a variable at 1 that is in no layer', () => {
    const objective = joint({ ...backbone, layerGroups: [['layer.weight']] }, heads);
    expect(layerDecay(objective, 0.5)).toMatchObject({
      'backbone.layer.weight': 0.5,
      'backbone.layer.bias': 1,
    });
  });

  it('says what is wrong', () => {
    expect(() => layerDecay(joint(backbone, heads), 0.5)).toThrow(/has no `layerGroups`/);
    expect(() => layerDecay({ variables: {}, layerGroups: [] }, 1.5)).toThrow(/layer decay is 1.5/);
  });
});
