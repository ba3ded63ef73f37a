import type { Placement } from './augmentation.js';
import type { Picture } from './picture.js';

/** Writes a picture into `images` `[..., height, width, 3]` float32 at `offset`, normalised by `table`, shifted and flipped. */
export function place(
  images: Float32Array,
  offset: number,
  { width, height, pixels }: Picture,
  table: Float32Array,
  { shift, flip }: Pick<Placement, 'shift' | 'flip'>,
): void {
  let target = offset;
  for (let row = 0; row < height; row += 1) {
    const fromRow = row + shift.down;
    const rowInside = fromRow >= 0 && fromRow < height;
    for (let column = 0; column < width; column += 1) {
      const fromColumn = (flip ? width - 1 - column : column) + shift.right;
      const inside = rowInside && fromColumn >= 0 && fromColumn < width;
      const from = (fromRow * width + fromColumn) * 3;
      const red = inside ? (pixels[from] as number) : 0;
      const green = inside ? (pixels[from + 1] as number) : 0;
      const blue = inside ? (pixels[from + 2] as number) : 0;
      images[target] = table[red] as number;
      images[target + 1] = table[256 + green] as number;
      images[target + 2] = table[512 + blue] as number;
      target += 3;
    }
  }
}
