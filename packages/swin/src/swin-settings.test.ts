import { describe, expect, it } from 'vitest';
import { swinSettings } from './swin-settings.js';
import { swinSizes } from './swin-sizes.js';

const small = { imageSize: 16, patchSize: 4, channels: 8, depths: [1, 2], heads: [2, 4] };

describe('swinSettings', () => {
  it('spells out the defaults as plain data', () => {
    const settings = swinSettings({ imageSize: 224, patchSize: 4, ...swinSizes.tiny });
    expect(settings).toEqual({
      imageSize: { height: 224, width: 224 },
      patchSize: 4,
      channels: 96,
      depths: [2, 2, 6, 2],
      heads: [3, 6, 12, 24],
      windowSize: 7,
      relativePositionBias: true,
      mergeLastStage: true,
      mlpRatio: 4,
      inputChannels: 3,
      dropPath: 0,
      qkvBias: true,
    });
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
    expect(swinSettings(settings)).toEqual(settings);
  });

  it.each([
    [{ imageSize: { height: 16, width: 18 } }, 'the width 18 is not a multiple of 4'],
    [{ channels: 7.5 }, 'channels is 7.5, but must be a whole number above 0.'],
    [{ depths: [1, 0] }, 'depths[1] is 0, but must be a whole number above 0.'],
    [{ depths: [], heads: [] }, 'depths is empty, but names the blocks of each stage'],
    [{ heads: [2] }, 'depths names 2 stages ([1,2]) and heads 1 ([2]); give one number per stage in both.'],
    [{ heads: [2, 3] }, '3 heads do not divide the 16 channels of stage 1'],
    [{ windowSize: 0 }, 'windowSize is 0'],
    [{ mlpRatio: 0 }, 'mlpRatio is 0, which leaves the MLP no hidden channels'],
    [{ dropPath: 1 }, 'dropPath is 1, but is a share of samples: from 0 up to but not including 1.'],
    [{ depths: [2], heads: [2], mergeLastStage: false }, 'the only stage merges nothing'],
  ])('refuses %o with a sentence', (given, sentence) => {
    expect(() => swinSettings({ ...small, ...given })).toThrow(sentence);
  });
});
