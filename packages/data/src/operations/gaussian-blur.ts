import type { Picture } from '../picture.js';

const { fround } = Math;
const passes = 3;

/** Half of the side of a box, whole pixels and a fraction, that blurs in three passes as a Gaussian does in one. */
function boxRadius(radius: number): number {
  const variance = fround((radius * radius) / passes);
  const side = Math.sqrt(12 * variance + 1);
  const whole = Math.floor((side - 1) / 2);
  const more = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
  return fround(whole + more / (6 * (variance - (whole + 1) ** 2)));
}

/** The weights of a box as 2^24ths, in the rounding of Pillow: of its whole pixels, and of the two beyond them. */
interface BoxWeights {
  readonly whole: number;
  readonly inner: number;
  readonly outer: number;
}

function boxWeights(radius: number): BoxWeights {
  const whole = Math.trunc(radius);
  const inner = Math.trunc(fround(2 ** 24 / fround(fround(2 * radius) + 1)));
  return { whole, inner, outer: Math.trunc((2 ** 24 - (whole * 2 + 1) * inner) / 2) };
}

/**
 * Averages each pixel of a line with its neighbours. The line lies behind `whole + 1` places, and has as many behind it, for
 * the pixels at its ends to go on in.
 */
function averageLine(
  line: Uint8Array,
  result: Uint8Array,
  length: number,
  { whole, inner, outer }: BoxWeights,
) {
  const border = whole + 1;
  line.fill(line[border] as number, 0, border);
  line.fill(line[border + length - 1] as number, border + length, 2 * border + length);
  let sum = 0;
  for (let place = 0; place < 2 * whole + 1; place += 1) sum += line[place] as number;
  for (let before = 0; before < length; before += 1) {
    const first = line[before] as number;
    const last = line[before + 2 * border] as number;
    sum += (line[before + 2 * whole + 1] as number) - first;
    result[before + border] = (sum * inner + (first + last) * outer + 2 ** 23) / 2 ** 24;
  }
}

/**
 * Blurs by about a Gaussian whose deviation is `radius` pixels.
 *
 * @source Pillow, `ImageFilter.GaussianBlur`: three averages over rows, then three over columns
 */
export function gaussianBlur({ width, height, pixels }: Picture, radius: number): Picture {
  const weights = boxWeights(boxRadius(radius));
  const border = weights.whole + 1;
  const result = Uint8Array.from(pixels);
  let line = new Uint8Array(Math.max(width, height) + 2 * border);
  let averaged = new Uint8Array(line.length);
  const blurLine = (start: number, step: number, length: number) => {
    for (let pixel = 0; pixel < length; pixel += 1)
      line[border + pixel] = result[start + pixel * step] as number;
    for (let pass = 0; pass < passes; pass += 1) {
      averageLine(line, averaged, length, weights);
      [line, averaged] = [averaged, line];
    }
    for (let pixel = 0; pixel < length; pixel += 1)
      result[start + pixel * step] = line[border + pixel] as number;
  };
  for (let row = 0; row < height; row += 1)
    for (let colour = 0; colour < 3; colour += 1) blurLine(row * width * 3 + colour, 3, width);
  for (let index = 0; index < width * 3; index += 1) blurLine(index, width * 3, height);
  return { width, height, pixels: result };
}
