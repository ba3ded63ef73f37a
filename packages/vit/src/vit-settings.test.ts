import { describe, expect, it } from 'vitest';
import { vitSettings } from './vit-settings.js';
import { vitSizes } from './vit-sizes.js';

const small = { imageSize: 8, patchSize: 4, channels: 8, depth: 2, heads: 2 };

describe('vitSettings', () => {
  it('spells out the defaults as plain data', () => {
    const settings = vitSettings({ imageSize: 224, patchSize: 16, ...vitSizes.tiny });
    expect(settings).toEqual({
      imageSize: { height: 224, width: 224 },
      patchSize: 16,
      channels: 192,
      depth: 12,
      heads: 3,
      mlpRatio: 4,
      inputChannels: 3,
      pooling: 'class-token',
      classToken: true,
      distillationToken: false,
      registers: 0,
      prefixEncoding: true,
      normAfterPooling: false,
      positionEncoding: 'learned',
      dropPath: 0,
      qkvBias: true,
      layerScale: 0,
    });
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
    expect(vitSettings(settings)).toEqual(settings);
  });

  it.each([
    [{ pooling: 'class-token' }, { classToken: true, normAfterPooling: false }],
    [{ pooling: 'average' }, { classToken: false, normAfterPooling: true }],
    [{ pooling: 'none' }, { classToken: false, normAfterPooling: false }],
    [
      { pooling: 'average', classToken: true },
      { classToken: true, normAfterPooling: true },
    ],
    [
      { pooling: 'average', normAfterPooling: false },
      { classToken: false, normAfterPooling: false },
    ],
    [{ registers: 4 }, { classToken: true, prefixEncoding: false }],
    [
      { registers: 4, prefixEncoding: true },
      { classToken: true, prefixEncoding: true },
    ],
  ] as const)('goes with %o as timm does', (given, expected) => {
    expect(vitSettings({ ...small, ...given })).toMatchObject(expected);
  });

  it.each([
    [{ imageSize: { height: 8, width: 10 } }, 'the width 10 is not a multiple of 4'],
    [{ depth: 0 }, 'depth is 0, but must be a whole number above 0.'],
    [{ channels: 7.5 }, 'channels is 7.5'],
    [{ mlpRatio: 0 }, 'mlpRatio is 0, which leaves the MLP no hidden channels'],
    [{ dropPath: 1 }, 'dropPath is 1, but is a share of samples: from 0 up to but not including 1.'],
    [{ dropPath: Number.NaN }, 'dropPath is NaN'],
    [{ classToken: false }, "pooling 'class-token' needs the class token"],
    [{ pooling: 'none', normAfterPooling: true }, "but pooling is 'none'"],
    [{ registers: -1 }, 'registers is -1, but must be a whole number from 0 up; 4 is usual.'],
    [{ registers: 1.5 }, 'registers is 1.5'],
    [{ layerScale: -1e-5 }, 'layerScale is -0.00001, but is what factors start at'],
    [
      { distillationToken: true, pooling: 'average', classToken: true },
      "distillationToken belongs beside a class token, but pooling is 'average'; pool by 'class-token'.",
    ],
  ] as const)('refuses %o with a sentence', (given, sentence) => {
    expect(() => vitSettings({ ...small, ...given })).toThrow(sentence);
  });
});
