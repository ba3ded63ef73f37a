/**
 * A grid of tokens; the position at row `r` and column `c` has the raster index `r * columns + c`.
 */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Counts the positions of a grid.
 *
 * @example
 * ```ts
 * import { positionCount } from '@whereabouts/layers';
 *
 * positionCount({ rows: 3, columns: 5 }); // => 15
 * ```
 */
export function positionCount(grid: Grid): number {
  return grid.rows * grid.columns;
}
