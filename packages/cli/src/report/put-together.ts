import type { Grid } from '@whereabouts/layers';
import type { Pixels } from './picture-uri.js';

/**
 * Puts a picture together from its patches, each where it is said to belong; what nobody claims stays grey.
 *
 * @param positions of the patches in the raster of the grid, and `places` where each is put
 */
export function putTogether(
  { height, width, bytes }: Pixels,
  options: {
    readonly grid: Grid;
    readonly positions: readonly number[];
    readonly places: readonly number[];
  },
): Pixels {
  const { grid, positions, places } = options;
  const [tall, wide] = [Math.floor(height / grid.rows), Math.floor(width / grid.columns)];
  const put = new Uint8Array(bytes.length).fill(128);
  const corner = (position: number) =>
    (Math.floor(position / grid.columns) * tall * width + (position % grid.columns) * wide) * 3;
  for (const [token, position] of positions.entries()) {
    const [from, to] = [corner(position), corner(places[token] as number)];
    for (let row = 0; row < tall; row += 1) {
      const start = row * width * 3;
      put.set(bytes.subarray(from + start, from + start + wide * 3), to + start);
    }
  }
  return { height, width, bytes: put };
}
