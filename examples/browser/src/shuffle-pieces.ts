import type { Grid } from '@whereabouts/layers';

/**
 * Cuts a picture into square pieces and lays them out in another order.
 *
 * @param pixels `[height, width, 3]`, red, green and blue
 * @param order by place: the raster index of the piece that comes to lie there
 */
export function shufflePieces(
  pixels: Uint8Array,
  order: readonly number[],
  { grid, patchSize }: { readonly grid: Grid; readonly patchSize: number },
): Uint8Array {
  const shuffled = new Uint8Array(pixels.length);
  const rowLength = grid.columns * patchSize * 3;
  const startOf = (position: number): number =>
    Math.floor(position / grid.columns) * patchSize * rowLength + (position % grid.columns) * patchSize * 3;
  for (const [place, piece] of order.entries())
    for (let row = 0; row < patchSize; row += 1) {
      const from = startOf(piece) + row * rowLength;
      shuffled.set(pixels.subarray(from, from + patchSize * 3), startOf(place) + row * rowLength);
    }
  return shuffled;
}
