import { describe, expect, it } from 'vitest';
import type { FeatureSpec, StageSpec } from './features.js';
import { unmetNeed } from './head.js';

const spec: FeatureSpec = {
  contract: 1,
  stages: [
    { grid: { rows: 6, columns: 10 }, channels: 4, length: 60 },
    { grid: { rows: 3, columns: 5 }, channels: 8, length: 6 },
  ],
  pooled: 0,
  positionEncoding: 'relative',
};

describe('unmetNeed', () => {
  it('is undefined when all is there', () => {
    expect(unmetNeed({}, spec)).toBeUndefined();
    expect(unmetNeed({ stage: 0, everyPosition: true }, spec)).toBeUndefined();
    expect(unmetNeed({ stage: -2, everyPosition: true }, spec)).toBeUndefined();
    expect(unmetNeed({ pooled: true }, { ...spec, pooled: 8 })).toBeUndefined();
    expect(unmetNeed({ distilled: true }, { ...spec, distilled: 8 })).toBeUndefined();
    expect(unmetNeed({ pooled: false, distilled: false, everyPosition: false }, spec)).toBeUndefined();
    expect(unmetNeed({ pooled: 8 }, { ...spec, pooled: 8 })).toBeUndefined();
    expect(unmetNeed({ grid: { rows: 3, columns: 5 }, channels: 8 }, spec)).toBeUndefined();
    expect(unmetNeed({ positionEncoding: ['none', 'relative'] }, spec)).toBeUndefined();
    const [fine, coarse] = spec.stages as [StageSpec, StageSpec];
    const hiding = { ...spec, stages: [fine, { ...coarse, contentGiven: 2 }] };
    expect(unmetNeed({ hiddenContent: true }, hiding)).toBeUndefined();
    expect(unmetNeed({ hiddenContent: false }, spec)).toBeUndefined();
  });

  it('says what is missing', () => {
    expect(unmetNeed({ pooled: true }, spec)).toBe(
      'needs a pooled vector (a class token or an average), but the backbone pools nothing',
    );
    for (const lacking of [spec, { ...spec, distilled: 0 }])
      expect(unmetNeed({ distilled: true }, lacking)).toBe(
        'needs a distilled vector (a distillation token), but the backbone hands over none',
      );
    expect(unmetNeed({ pooled: 16 }, { ...spec, pooled: 8 })).toBe(
      "needs a pooled vector of 16 channels, but the backbone's has 8",
    );
    expect(unmetNeed({ stage: 2 }, spec)).toBe('needs stage 2, but the backbone hands over 2 stages, 0 to 1');
    expect(unmetNeed({ stage: -3 }, spec)).toBe(
      'needs stage -3, but the backbone hands over 2 stages, 0 to 1',
    );
    expect(unmetNeed({ stage: 1 }, { ...spec, stages: spec.stages.slice(0, 1) })).toBe(
      'needs stage 1, but the backbone hands over one stage, number 0',
    );
    expect(unmetNeed({ grid: { rows: 5, columns: 3 } }, spec)).toBe(
      "needs a grid of 5 x 3 (rows x columns), for which it was made, but the backbone's is 3 x 5",
    );
    expect(unmetNeed({ stage: 0, channels: 8 }, spec)).toBe(
      "needs tokens of 8 channels, for which it was made, but the backbone's have 4",
    );
    expect(unmetNeed({ everyPosition: true }, spec)).toBe(
      'needs a token for every one of the 15 positions of the grid, but the backbone hands over 6',
    );
    const [fine, coarse] = spec.stages as [StageSpec, StageSpec];
    for (const stages of [[coarse], [{ ...coarse, contentGiven: 6 }], [{ ...fine, contentGiven: 9 }, coarse]])
      expect(unmetNeed({ hiddenContent: true }, { ...spec, stages })).toBe(
        'needs tokens whose pixels are hidden from the model, but the backbone sees the pixels of all 6',
      );
    expect(unmetNeed({ positionEncoding: ['none', 'partial'] }, spec)).toBe(
      "needs a position encoding of the kind none or partial, but the backbone's is relative",
    );
  });
});
