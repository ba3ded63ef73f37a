import { type Grid, positionCount } from '@whereabouts/layers';

/**
 * The two-dimensional sine-cosine table, `[positions, channels]` row-major in float64. The first half of the channels
 * encodes the column, the second half the row; each half holds the sines, then the cosines, of `place · ω` with
 * `ω = 10000^(-i / (channels / 4))`.
 *
 * @throws when 4 doesn't divide `channels`
 * @source He et al. 2022 (MAE) `get_2d_sincos_pos_embed`, column first as there; rectangular grids are ours
 * @example
 * ```ts
 * import { sineCosineTable } from '@whereabouts/patch-embedding';
 *
 * Array.from(sineCosineTable({ rows: 1, columns: 2 }, 4).slice(0, 4)); // => [0, 1, 0, 1]
 * ```
 */
export function sineCosineTable(grid: Grid, channels: number): Float64Array {
  if (channels % 4 !== 0 || channels < 4)
    throw new Error(
      `A sine-cosine encoding needs a number of channels that 4 divides (sine and cosine of row and column), not ${channels}.`,
    );
  const quarter = channels / 4;
  const table = new Float64Array(positionCount(grid) * channels);
  for (let position = 0; position < positionCount(grid); position += 1) {
    const row = Math.floor(position / grid.columns);
    const places = [position % grid.columns, row];
    for (const [half, place] of places.entries())
      for (let index = 0; index < quarter; index += 1) {
        const angle = place * 10000 ** (-index / quarter);
        const start = position * channels + half * 2 * quarter + index;
        table[start] = Math.sin(angle);
        table[start + quarter] = Math.cos(angle);
      }
  }
  return table;
}
