import { describe, expect, it } from 'vitest';
import { stagePlans } from './stage-plan.js';
import { type SwinOptions, swinSettings } from './swin-settings.js';
import { swinSizes } from './swin-sizes.js';

const plans = (options: Partial<SwinOptions> = {}) =>
  stagePlans(swinSettings({ imageSize: 224, patchSize: 4, ...swinSizes.tiny, ...options }));
const square = (side: number) => ({ rows: side, columns: side });

describe('the stages of a Swin', () => {
  it('are those of Swin-T at 224 px', () => {
    const shifted = { window: square(7), shift: square(3) };
    expect(plans()).toEqual([
      {
        passage: 'nothing',
        grid: square(56),
        stride: 4,
        channels: 96,
        heads: 3,
        ...shifted,
        dropPaths: [0, 0],
      },
      {
        passage: 'merging',
        grid: square(28),
        stride: 8,
        channels: 192,
        heads: 6,
        ...shifted,
        dropPaths: [0, 0],
      },
      {
        passage: 'merging',
        grid: square(14),
        stride: 16,
        channels: 384,
        heads: 12,
        ...shifted,
        dropPaths: [0, 0, 0, 0, 0, 0],
      },
      {
        passage: 'merging',
        grid: square(7),
        stride: 32,
        channels: 768,
        heads: 24,
        window: square(7),
        shift: square(0),
        dropPaths: [0, 0],
      },
    ]);
  });

  it("end with a window as large as the grid where the last isn't merged, as in the paper", () => {
    const last = plans({ mergeLastStage: false }).at(-1);
    expect(last).toMatchObject({ passage: 'widening', grid: square(14), stride: 16, channels: 768 });
    expect(last).toMatchObject({ window: square(14), shift: square(0) });
  });

  it('halve odd grids upwards', () => {
    const grids = plans({ imageSize: { height: 36, width: 52 }, windowSize: 4 }).map(({ grid }) => grid);
    expect(grids).toEqual([
      { rows: 9, columns: 13 },
      { rows: 5, columns: 7 },
      { rows: 3, columns: 4 },
      { rows: 2, columns: 2 },
    ]);
  });

  it('clamp the window on each side for itself', () => {
    const [first] = plans({ imageSize: { height: 20, width: 32 } });
    expect(first).toMatchObject({ window: { rows: 5, columns: 7 }, shift: { rows: 0, columns: 3 } });
  });
});
