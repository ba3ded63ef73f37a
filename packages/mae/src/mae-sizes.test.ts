import * as tf from '@tensorflow/tfjs';
import { countParameters, disposeVariables, type Initialise, positionCount } from '@whereabouts/layers';
import { masked, vit } from '@whereabouts/vit';
import { describe, expect, it } from 'vitest';
import { type MaeSize, maeSizes } from './mae-sizes.js';
import { pixelDecoder } from './pixel-decoder.js';

// What learns, and with the two fixed tables of encodings, which the official code counts too.
const counts: Partial<Record<keyof typeof maeSizes, readonly [number, number]>> = {
  tiny: [5_691_744, 5_748_480],
  small: [22_257_600, 22_371_072],
  base: [111_655_680, 111_907_840],
};

// Numbers are counted here, not used; drawing so many takes half a minute.
const initialise: Initialise = (_random, _name, shape) => tf.zeros([...shape]);

describe('maeSizes', () => {
  it.each(Object.entries(counts))('has the official number of parameters: %s', (name, [learned, all]) => {
    const size: MaeSize = maeSizes[name as keyof typeof maeSizes];
    const encoder = vit({ imageSize: 224, positionEncoding: 'sine-cosine', initialise, ...size.encoder });
    const { spec } = masked(encoder, { keepRatio: 0.25 });
    const decoder = pixelDecoder({ spec, patchSize: size.encoder.patchSize, initialise, ...size.decoder });
    const found = countParameters(encoder.variables) + countParameters(decoder.variables);
    disposeVariables(encoder.variables);
    disposeVariables(decoder.variables);
    expect(found).toBe(learned);
    const rows = 1 + positionCount(encoder.grid);
    expect(found + rows * (size.encoder.channels + size.decoder.channels)).toBe(all);
  });
});
