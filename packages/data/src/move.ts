import type { Picture } from './picture.js';

/** How a picture is moved within its frame, in this order: shifted, mirrored. */
export interface Move {
  /** Pixel `(row, column)` of the result is `(row + down, column + right)` of the picture, or black outside of it. */
  readonly shift: { readonly right: number; readonly down: number };
  /** Whether the columns are taken in reverse. */
  readonly flip: boolean;
  /** Whether the rows are taken in reverse. */
  readonly verticalFlip: boolean;
}

/** The moved picture; the picture itself where nothing moves. */
export function move(picture: Picture, { shift, flip, verticalFlip }: Move): Picture {
  if (shift.right === 0 && shift.down === 0 && !flip && !verticalFlip) return picture;
  const { width, height, pixels } = picture;
  const rowLength = width * 3;
  const result = new Uint8Array(pixels.length);
  // The columns of the picture that stay inside, and where they go.
  const first = Math.max(0, shift.right);
  const end = Math.min(width, width + shift.right);
  const start = flip ? width - end + shift.right : first - shift.right;
  for (let row = 0; row < height && first < end; row += 1) {
    const from = (verticalFlip ? height - 1 - row : row) + shift.down;
    if (from < 0 || from >= height) continue;
    const inside = pixels.subarray(from * rowLength + first * 3, from * rowLength + end * 3);
    if (flip) mirror(inside, result, row * rowLength + start * 3);
    else result.set(inside, row * rowLength + start * 3);
  }
  return { width, height, pixels: result };
}

/** Writes the pixels of a row from last to first. */
function mirror(row: Uint8Array, result: Uint8Array, start: number): void {
  let target = start;
  for (let from = row.length - 3; from >= 0; from -= 3) {
    result[target] = row[from] as number;
    result[target + 1] = row[from + 1] as number;
    result[target + 2] = row[from + 2] as number;
    target += 3;
  }
}
