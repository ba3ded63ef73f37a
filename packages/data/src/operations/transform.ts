import type { Picture } from '../picture.js';

/** How a picture is read between its pixels, and what comes in from outside of it. */
export interface Sampling {
  readonly interpolation: 'bicubic' | 'bilinear';
  /** Bytes of red, green and blue. */
  readonly fill: readonly [number, number, number];
}

/** `[a, b, c, d, e, f]`: the pixel at (x, y) of the result is read at (a x + b y + c, d x + e y + f); centres lie at halves. */
export type Affine = readonly [number, number, number, number, number, number];

function linear(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}

/** Four pixels along a line, weighed. */
function weighed(
  pixels: Uint8Array,
  at0: number,
  at1: number,
  at2: number,
  at3: number,
  weight0: number,
  weight1: number,
  weight2: number,
  weight3: number,
): number {
  return (
    weight0 * (pixels[at0] as number) +
    weight1 * (pixels[at1] as number) +
    weight2 * (pixels[at2] as number) +
    weight3 * (pixels[at3] as number)
  );
}

/** Reads the three colours at (x, y), counted between pixel centres; outside, the outermost pixels go on. */
type Read = (picture: Picture, x: number, y: number, result: Uint8Array, target: number) => void;

// What rounding takes from a sum of weighed bytes, so that equal bytes give themselves.
const epsilon = 1e-9;

// Pillow's cubic, a = -1.
const readBicubic: Read = ({ width, height, pixels }, x, y, result, target) => {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const right = x - column;
  const down = y - row;
  const left = 1 - right;
  const x0 = -right * left * left;
  const x1 = 1 + right * right * (right - 2);
  const x2 = right * (1 + right * left);
  const x3 = -right * right * left;
  const up = 1 - down;
  const y0 = -down * up * up;
  const y1 = 1 + down * down * (down - 2);
  const y2 = down * (1 + down * up);
  const y3 = -down * down * up;
  const rowLength = width * 3;
  const row1 = Math.max(0, row) * rowLength;
  const row0 = Math.max(0, row - 1) * rowLength;
  const row2 = Math.min(height - 1, row + 1) * rowLength;
  const row3 = Math.min(height - 1, row + 2) * rowLength;
  let column1 = Math.max(0, column) * 3;
  let column0 = Math.max(0, column - 1) * 3;
  let column2 = Math.min(width - 1, column + 1) * 3;
  let column3 = Math.min(width - 1, column + 2) * 3;
  for (let colour = 0; colour < 3; colour += 1) {
    let value: number;
    if (down === 0)
      value = weighed(pixels, row1 + column0, row1 + column1, row1 + column2, row1 + column3, x0, x1, x2, x3);
    else if (right === 0)
      value = weighed(pixels, row0 + column1, row1 + column1, row2 + column1, row3 + column1, y0, y1, y2, y3);
    else
      value =
        y0 * weighed(pixels, row0 + column0, row0 + column1, row0 + column2, row0 + column3, x0, x1, x2, x3) +
        y1 * weighed(pixels, row1 + column0, row1 + column1, row1 + column2, row1 + column3, x0, x1, x2, x3) +
        y2 * weighed(pixels, row2 + column0, row2 + column1, row2 + column2, row2 + column3, x0, x1, x2, x3) +
        y3 * weighed(pixels, row3 + column0, row3 + column1, row3 + column2, row3 + column3, x0, x1, x2, x3);
    result[target + colour] = Math.max(0, Math.min(255, value + epsilon));
    column0 += 1;
    column1 += 1;
    column2 += 1;
    column3 += 1;
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

function throughBicubic(
  picture: Picture,
  [a, b, c, d, e, f]: Affine,
  [red, green, blue]: Sampling['fill'],
): Picture {
  const { width, height } = picture;
  const result = new Uint8Array(picture.pixels.length);
  let target = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = a * (column + 0.5) + b * (row + 0.5) + c;
      const y = d * (column + 0.5) + e * (row + 0.5) + f;
      if (x >= 0 && x < width && y >= 0 && y < height) readBicubic(picture, x - 0.5, y - 0.5, result, target);
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

function throughBilinear(
  picture: Picture,
  [a, b, c, d, e, f]: Affine,
  [red, green, blue]: Sampling['fill'],
): Picture {
  const { width, height } = picture;
  const result = new Uint8Array(picture.pixels.length);
  let target = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = a * (column + 0.5) + b * (row + 0.5) + c;
      const y = d * (column + 0.5) + e * (row + 0.5) + f;
      if (x >= 0 && x < width && y >= 0 && y < height)
        readBilinear(picture, x - 0.5, y - 0.5, result, target);
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

const transforms = { bicubic: throughBicubic, bilinear: throughBilinear };

/**
 * A picture seen through an affine map; `fill` where the map leads outside.
 *
 * @source Pillow, `Image.transform` with `AFFINE`: without antialiasing, fractions of bytes dropped
 */
export function transform(picture: Picture, affine: Affine, { interpolation, fill }: Sampling): Picture {
  return transforms[interpolation](picture, affine, fill);
}
