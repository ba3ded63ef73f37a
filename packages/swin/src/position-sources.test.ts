import { describe, expect, it } from 'vitest';
import { positionSources } from './position-sources.js';
import { stagePlans } from './stage-plan.js';
import { type SwinOptions, swinSettings } from './swin-settings.js';

const base = { patchSize: 2, channels: 8, heads: [1, 2] };

const sourcesOf = (options: Omit<SwinOptions, keyof typeof base>) => {
  const settings = swinSettings({ ...base, ...options });
  return positionSources(settings, stagePlans(settings));
};

describe('what tells positions in a Swin', () => {
  it('is the bias, the shift and the padding, where there are any', () => {
    const whole = { imageSize: 8, windowSize: 4, depths: [2, 2] }; // 4 x 4 and 2 x 2: each one window
    expect(sourcesOf(whole)).toEqual(['a relative position bias']);
    expect(sourcesOf({ ...whole, relativePositionBias: false })).toEqual([]);
    const shifted = { imageSize: 16, windowSize: 4, depths: [2, 2] }; // 8 x 8 and 4 x 4
    expect(sourcesOf(shifted)).toEqual(['a relative position bias', 'masks of shifted windows']);
    expect(sourcesOf({ ...shifted, depths: [1, 1] })).toEqual(['a relative position bias']); // only odd blocks shift
    const odd = { imageSize: 10, windowSize: 4, depths: [1, 1], relativePositionBias: false }; // 5 x 5 and 3 x 3
    expect(sourcesOf(odd)).toEqual(['zero padding of windows', 'zero padding before merging']);
  });
});
