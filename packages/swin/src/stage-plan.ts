import type { Grid } from '@whereabouts/layers';
import { gridOf } from '@whereabouts/patch-embedding';
import { dropPathRates } from './drop-path-rates.js';
import type { PassageName } from './passages.js';
import type { SwinSettings } from './swin-settings.js';

/** What one stage works on, before it has any variables. */
export interface StagePlan {
  /** What leads into it. */
  readonly passage: PassageName;
  /** Of the tokens in every block of the stage. */
  readonly grid: Grid;
  /** Side in pixels of what a token stands for. */
  readonly stride: number;
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
 * Says what every stage works on.
 *
 * A side of the grid that is not longer than the window gets a window of its own length and no shift. A grid with an odd
 * side is padded before it is merged, so that half of it is rounded up.
 *
 * @source Liu et al. 2021, section 3.2; side by side as in timm, which rounds an odd grid down where it chooses windows
 */
export function stagePlans(settings: SwinSettings): readonly StagePlan[] {
  const { imageSize, patchSize, channels, depths, heads, windowSize, mergeLastStage } = settings;
  const rates = dropPathRates(settings.dropPath, depths);
  const passages = depths.map((_, stage): PassageName => (stage === 0 ? 'nothing' : 'merging'));
  if (!mergeLastStage) passages[depths.length - 1] = 'widening';

  let grid = gridOf(imageSize, patchSize);
  let stride = patchSize;
  return passages.map((passage, stage) => {
    if (passage === 'merging') {
      grid = half(grid);
      stride *= 2;
    }
    // Without a merging the paper's last window is the whole grid.
    const longest = passage === 'widening' ? Number.POSITIVE_INFINITY : windowSize;
    const shiftOf = (side: number) => (side > longest ? Math.floor(windowSize / 2) : 0);
    return {
      passage,
      grid,
      stride,
      channels: channels * 2 ** stage,
      heads: heads[stage] ?? 1,
      window: { rows: Math.min(grid.rows, longest), columns: Math.min(grid.columns, longest) },
      shift: { rows: shiftOf(grid.rows), columns: shiftOf(grid.columns) },
      dropPaths: rates[stage] ?? [],
    };
  });
}

function half({ rows, columns }: Grid): Grid {
  return { rows: Math.ceil(rows / 2), columns: Math.ceil(columns / 2) };
}
