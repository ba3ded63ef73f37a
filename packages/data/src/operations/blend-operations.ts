import type { Picture } from '../picture.js';
import { mapBytes, sameTables } from './map-bytes.js';

// Pillow blends in float32 and drops the fraction, so that float64 would now and then give another byte.
const { fround } = Math;

/** From `base` towards `byte` by `factor`, and beyond it where that is above 1. @source Pillow, `Image.blend` */
function blend(base: number, byte: number, factor: number): number {
  return fround(base + fround(factor * (byte - base)));
}

/** Luma from 0 to 255. @source ITU-R 601-2, in the whole numbers of Pillow's `convert('L')` */
function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** Brightness: 0 is black, 1 leaves the picture as it is. @source Pillow, `ImageEnhance.Brightness` */
export function brightness(picture: Picture, factor: number): Picture {
  const exact = fround(factor);
  return mapBytes(
    picture,
    sameTables((byte) => blend(0, byte, exact)),
  );
}

/** Contrast: 0 is the grey of the mean luma, 1 leaves the picture as it is. @source Pillow, `ImageEnhance.Contrast` */
export function contrast(picture: Picture, factor: number): Picture {
  const { pixels, width, height } = picture;
  let sum = 0;
  for (let index = 0; index < pixels.length; index += 3)
    sum += luma(pixels[index] as number, pixels[index + 1] as number, pixels[index + 2] as number);
  const mean = Math.floor(sum / (width * height) + 0.5);
  const exact = fround(factor);
  return mapBytes(
    picture,
    sameTables((byte) => blend(mean, byte, exact)),
  );
}

/** `[511]` float32: `factor` times the differences from -255 to 255. */
function differences(factor: number): Float32Array {
  return Float32Array.from({ length: 511 }, (_, index) => fround(factor) * (index - 255));
}

/** Saturation: 0 is grey, 1 leaves the picture as it is. @source Pillow, `ImageEnhance.Color` */
export function saturation({ width, height, pixels }: Picture, factor: number): Picture {
  const scaled = differences(factor);
  const result = new Uint8ClampedArray(pixels.length);
  const truncate = (value: number) => (value < 0 ? 0 : value | 0);
  for (let index = 0; index < pixels.length; index += 3) {
    const red = pixels[index] as number;
    const green = pixels[index + 1] as number;
    const blue = pixels[index + 2] as number;
    const grey = luma(red, green, blue);
    const from = 255 - grey;
    result[index] = truncate(fround(grey + (scaled[from + red] as number)));
    result[index + 1] = truncate(fround(grey + (scaled[from + green] as number)));
    result[index + 2] = truncate(fround(grey + (scaled[from + blue] as number)));
  }
  return { width, height, pixels: new Uint8Array(result.buffer) };
}

/** Sharpness: 0 is smoothed by 3 x 3 pixels, 1 leaves the picture as it is. @source Pillow, `ImageEnhance.Sharpness` */
export function sharpness({ width, height, pixels }: Picture, factor: number): Picture {
  const scaled = differences(factor);
  const result = Uint8ClampedArray.from(pixels); // the outermost pixels aren't smoothed, so they stay
  const rowLength = width * 3;
  for (let row = 1; row < height - 1; row += 1) {
    const end = row * rowLength + rowLength - 3;
    for (let index = row * rowLength + 3; index < end; index += 1) {
      const above = index - rowLength;
      const below = index + rowLength;
      const byte = pixels[index] as number;
      // 13ths: 5 of the pixel itself and 1 of each neighbour, rounded to the nearest byte.
      const sum =
        (pixels[above - 3] as number) +
        (pixels[above] as number) +
        (pixels[above + 3] as number) +
        (pixels[index - 3] as number) +
        5 * byte +
        (pixels[index + 3] as number) +
        (pixels[below - 3] as number) +
        (pixels[below] as number) +
        (pixels[below + 3] as number);
      const smooth = ((sum + 6) / 13) | 0;
      const value = fround(smooth + (scaled[255 + byte - smooth] as number));
      result[index] = value < 0 ? 0 : value | 0;
    }
  }
  return { width, height, pixels: new Uint8Array(result.buffer) };
}
