import type { Grid } from '@whereabouts/layers';
import { gridOf } from '@whereabouts/patch-embedding';
import type { SwinSettings } from './swin-settings.js';

/** What one stage works on, before it has any variables. */
export interface StagePlan {
  /** Of the tokens in every block of the stage. */
  readonly grid: Grid;
  readonly channels: number;
  readonly heads: number;
  /** In tokens. */
  readonly window: Grid;
  /** By how many rows and columns the windows of every second block are shifted. */
  readonly shift: Grid;
  /** The drop-path rate of each of its blocks. */
  readonly dropPaths: readonly number[];
}

/**
 * Says what every stage works on: grids, windows, shifts and drop-path rates.
 *
 * A side of the grid that is not longer than the window gets a window of its own length and no shift; a grid with an odd
 * side is padded before it is merged, so that half of it is rounded up.
 *
 * @source Liu et al. 2021, section 3.2; side by side as timm has it, which rounds down where it chooses the windows of an
 * odd grid. Drop-path rates: `linspace(0, rate, total depth)`
 */
export function stagePlans(settings: SwinSettings): readonly StagePlan[] {
  const { imageSize, patchSize, channels, depths, heads, windowSize, mergeLastStage } = settings;
  const rates = dropPathRates(settings.dropPath, depths);
  const last = depths.length - 1;
  let grid = gridOf(imageSize, patchSize);
  return depths.map((_, stage) => {
    const keepsGrid = stage === 0 || (stage === last && !mergeLastStage);
    if (!keepsGrid) grid = { rows: Math.ceil(grid.rows / 2), columns: Math.ceil(grid.columns / 2) };
    const whole = stage === last && !mergeLastStage;
    const longest = whole ? Number.POSITIVE_INFINITY : windowSize;
    const shiftOf = (side: number) => (side > longest ? Math.floor(windowSize / 2) : 0);
    return {
      grid,
      channels: channels * 2 ** stage,
      heads: heads[stage] as number,
      window: { rows: Math.min(grid.rows, longest), columns: Math.min(grid.columns, longest) },
      shift: { rows: shiftOf(grid.rows), columns: shiftOf(grid.columns) },
      dropPaths: rates[stage] as number[],
    };
  });
}

/** The rate of each block of each stage: evenly from 0 in the first of all to `rate` in the last of all. */
function dropPathRates(rate: number, depths: readonly number[]): number[][] {
  const total = depths.reduce((sum, depth) => sum + depth, 0);
  let before = 0;
  return depths.map((depth) => {
    const rates = Array.from({ length: depth }, (_, block) =>
      total === 1 ? 0 : (rate * (before + block)) / (total - 1),
    );
    before += depth;
    return rates;
  });
}
