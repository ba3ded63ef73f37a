import type { Picture } from '../picture.js';

/** How a picture is read between its pixels, and what comes in from outside of it. */
export interface Sampling {
  readonly interpolation: 'bicubic' | 'bilinear';
  /** Bytes of red, green and blue. */
  readonly fill: readonly [number, number, number];
}

/** `[a, b, c, d, e, f]`: the pixel at (x, y) of the result is read at (a x + b y + c, d x + e y + f); centres lie at halves. */
export type Affine = readonly [number, number, number, number, number, number];

/** What is between two neighbours of four, at `t` from 0 to 1; Pillow's cubic, a = -1. */
function cubic(before: number, from: number, to: number, after: number, t: number): number {
  const first = to - before;
  const second = 2 * (before - from) + to - after;
  const third = from - before - to + after;
  return from + t * (first + t * (second + t * third));
}

function linear(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}

/** Reads the three colours at (x, y), counted between pixel centres; outside, the outermost pixels go on. */
type Read = (picture: Picture, x: number, y: number, result: Uint8Array, target: number) => void;

const readBicubic: Read = ({ width, height, pixels }, x, y, result, target) => {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const right = x - column;
  const down = y - row;
  const column1 = Math.max(0, column) * 3;
  const column0 = Math.max(0, column - 1) * 3;
  const column2 = Math.min(width - 1, column + 1) * 3;
  const column3 = Math.min(width - 1, column + 2) * 3;
  const rowLength = width * 3;
  const row1 = Math.max(0, row) * rowLength;
  const row0 = Math.max(0, row - 1) * rowLength;
  const row2 = Math.min(height - 1, row + 1) * rowLength;
  const row3 = Math.min(height - 1, row + 2) * rowLength;
  for (let colour = 0; colour < 3; colour += 1) {
    const at = (row: number) =>
      cubic(
        pixels[row + column0 + colour] as number,
        pixels[row + column1 + colour] as number,
        pixels[row + column2 + colour] as number,
        pixels[row + column3 + colour] as number,
        right,
      );
    const above = (column: number) =>
      cubic(
        pixels[row0 + column + colour] as number,
        pixels[row1 + column + colour] as number,
        pixels[row2 + column + colour] as number,
        pixels[row3 + column + colour] as number,
        down,
      );
    // Along one axis where the other one hits pixel centres.
    const value =
      down === 0
        ? at(row1)
        : right === 0
          ? above(column1)
          : cubic(at(row0), at(row1), at(row2), at(row3), down);
    result[target + colour] = value <= 0 ? 0 : value >= 255 ? 255 : value;
  }
};

const readBilinear: Read = ({ width, height, pixels }, x, y, result, target) => {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const column0 = Math.max(0, column) * 3;
  const column1 = Math.min(width - 1, column + 1) * 3;
  const row0 = Math.max(0, row) * width * 3;
  const row1 = Math.min(height - 1, row + 1) * width * 3;
  for (let colour = 0; colour < 3; colour += 1) {
    const left = column0 + colour;
    const right = column1 + colour;
    const above = linear(pixels[row0 + left] as number, pixels[row0 + right] as number, x - column);
    const below = linear(pixels[row1 + left] as number, pixels[row1 + right] as number, x - column);
    result[target + colour] = linear(above, below, y - row);
  }
};

const readers: Readonly<Record<Sampling['interpolation'], Read>> = {
  bicubic: readBicubic,
  bilinear: readBilinear,
};

/**
 * A picture seen through an affine map; `fill` where the map leads outside.
 *
 * @source Pillow, `Image.transform` with `AFFINE`: without antialiasing, fractions of bytes dropped
 */
export function transform(picture: Picture, [a, b, c, d, e, f]: Affine, sampling: Sampling): Picture {
  const { width, height } = picture;
  const [red, green, blue] = sampling.fill;
  const read = readers[sampling.interpolation];
  const result = new Uint8Array(picture.pixels.length);
  let target = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = a * (column + 0.5) + b * (row + 0.5) + c;
      const y = d * (column + 0.5) + e * (row + 0.5) + f;
      if (x >= 0 && x < width && y >= 0 && y < height) read(picture, x - 0.5, y - 0.5, result, target);
      else {
        result[target] = red;
        result[target + 1] = green;
        result[target + 2] = blue;
      }
      target += 3;
    }
  }
  return { width, height, pixels: result };
}
