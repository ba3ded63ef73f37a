import type { Grid } from '@whereabouts/layers';

// Added before the softmax: small enough that nothing is left of it there, as in Swin's own code.
const apart = -100;

/**
 * What keeps tokens apart that only the cyclic shift made neighbours: `[windows, length, length]` row-major, 0 where two
 * tokens of a window may see each other, -100 where not. Windows and their tokens are in raster order.
 *
 * @param plan.grid that the windows divide
 * @source Liu et al. 2021, section 3.2, "efficient batch computation", and its code for the value
 */
export function shiftMask(plan: {
  readonly grid: Grid;
  readonly window: Grid;
  readonly shift: Grid;
}): Float32Array {
  const { grid, window, shift } = plan;
  const length = window.rows * window.columns;
  const across = grid.columns / window.columns;
  const windows = (grid.rows / window.rows) * across;
  // The region of a token: whether it came in at the other side, by rows and by columns.
  const regionOf = (index: number, token: number): number => {
    const row = Math.floor(index / across) * window.rows + Math.floor(token / window.columns);
    const column = (index % across) * window.columns + (token % window.columns);
    return 2 * Number(row >= grid.rows - shift.rows) + Number(column >= grid.columns - shift.columns);
  };
  const mask = new Float32Array(windows * length * length);
  for (let index = 0; index < windows; index += 1)
    for (let query = 0; query < length; query += 1)
      for (let key = 0; key < length; key += 1)
        if (regionOf(index, query) !== regionOf(index, key))
          mask[(index * length + query) * length + key] = apart;
  return mask;
}
