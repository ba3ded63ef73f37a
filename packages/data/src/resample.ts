import type { Picture } from './picture.js';
import type { View } from './view.js';

const filters = {
  bilinear: { support: 1, weigh: (x: number) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    support: 2,
    weigh: (signed: number) => {
      const x = Math.abs(signed);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    },
  },
};

interface Taps {
  /** `[count]` int32: the first input pixel that an output pixel reads. */
  readonly first: Int32Array;
  /** `[count]` int32: how many it reads. */
  readonly reads: Int32Array;
  /** `[count, width]` float32: the weight of each, summing to 1. */
  readonly weights: Float32Array;
  readonly width: number;
}

/** The weights along one axis: `count` output pixels from number `from` on, of `output` that `input` pixels become. */
function taps(
  input: number,
  output: number,
  from: number,
  count: number,
  filter: (typeof filters)['bicubic'],
): Taps {
  const scale = input / output;
  const stretch = Math.max(scale, 1); // a wider filter when shrinking: antialiasing
  const reach = filter.support * stretch;
  const width = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(count);
  const reads = new Int32Array(count);
  const weights = new Float32Array(count * width);
  for (let index = 0; index < count; index += 1) {
    const centre = (from + index + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(input, Math.floor(centre + reach + 0.5));
    let total = 0;
    for (let pixel = start; pixel < end; pixel += 1) total += filter.weigh((pixel - centre + 0.5) / stretch);
    for (let pixel = start; pixel < end; pixel += 1)
      weights[index * width + pixel - start] = filter.weigh((pixel - centre + 0.5) / stretch) / total;
    first[index] = start;
    reads[index] = end - start;
  }
  return { first, reads, weights, width };
}

/**
 * Cuts, resizes and cuts again on this thread: rows first, then columns, rounded to bytes in between.
 *
 * @source Pillow, `ImagingResample`; weights in float32 instead of fixed point, so a byte may differ by 1
 */
export function resample(picture: Picture, { crop, size, window, interpolation }: View): Picture {
  const filter = filters[interpolation];
  const across = taps(crop.width, size.width, window.left, window.width, filter);
  const down = taps(crop.height, size.height, window.top, window.height, filter);
  const last = window.height - 1;
  const top = down.first[0] as number;
  const rows = (down.first[last] as number) + (down.reads[last] as number) - top;
  const rowLength = window.width * 3;
  const source = picture.pixels;

  const narrowed = new Uint8ClampedArray(rows * rowLength); // [rows, window.width, 3]
  for (let row = 0; row < rows; row += 1) {
    const rowStart = ((crop.top + top + row) * picture.width + crop.left) * 3;
    let target = row * rowLength;
    for (let column = 0; column < window.width; column += 1) {
      let from = rowStart + (across.first[column] as number) * 3;
      const end = column * across.width + (across.reads[column] as number);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = column * across.width; tap < end; tap += 1) {
        const weight = across.weights[tap] as number;
        red += weight * (source[from] as number);
        green += weight * (source[from + 1] as number);
        blue += weight * (source[from + 2] as number);
        from += 3;
      }
      narrowed[target] = red;
      narrowed[target + 1] = green;
      narrowed[target + 2] = blue;
      target += 3;
    }
  }

  const pixels = new Uint8ClampedArray(window.height * rowLength); // [window.height, window.width, 3]
  for (let row = 0; row < window.height; row += 1) {
    const start = ((down.first[row] as number) - top) * rowLength;
    const begin = row * down.width;
    const end = begin + (down.reads[row] as number);
    for (let index = 0; index < rowLength; index += 1) {
      let sum = 0;
      let from = start + index;
      for (let tap = begin; tap < end; tap += 1) {
        sum += (down.weights[tap] as number) * (narrowed[from] as number);
        from += rowLength;
      }
      pixels[row * rowLength + index] = sum;
    }
  }
  return { width: window.width, height: window.height, pixels: new Uint8Array(pixels.buffer) };
}
