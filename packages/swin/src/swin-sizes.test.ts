import * as tf from '@tensorflow/tfjs';
import {
  classification,
  countParameters,
  disposeVariables,
  gatherVariables,
  type Initialise,
} from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { swin } from './swin.js';
import { type SwinSize, swinSizes } from './swin-sizes.js';

// Numbers are counted here, not used; drawing so many takes long.
const initialise: Initialise = (_random, _name, shape) => tf.zeros([...shape]);

it.each([
  ['tiny', 28_288_354],
  ['small', 49_606_258],
  ['base', 87_768_224],
  ['large', 196_532_476],
] as const)("swin %s has the published number of parameters, timm's", (name, expected) => {
  const size: SwinSize = swinSizes[name];
  const backbone = swin({ imageSize: 224, patchSize: 4, ...size, initialise });
  const head = classification({ spec: backbone.spec, classes: 1000, initialise });
  const variables = gatherVariables({ backbone, head });
  expect(countParameters(variables)).toBe(expected);
  disposeVariables(variables);
});
