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

function clipped(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value | 0;
}

/** Saturation: 0 is grey, 1 leaves the picture as it is. @source Pillow, `ImageEnhance.Color` */
export function saturation({ width, height, pixels }: Picture, factor: number): Picture {
  const scaled = differences(factor);
  const result = new Uint8Array(pixels.length);
  for (let index = 0; index < pixels.length; index += 3) {
    const red = pixels[index] as number;
    const green = pixels[index + 1] as number;
    const blue = pixels[index + 2] as number;
    const grey = luma(red, green, blue);
    const from = 255 - grey;
    result[index] = clipped(fround(grey + (scaled[from + red] as number)));
    result[index + 1] = clipped(fround(grey + (scaled[from + green] as number)));
    result[index + 2] = clipped(fround(grey + (scaled[from + blue] as number)));
  }
  return { width, height, pixels: result };
}

/** Takes a share of the colour away: 1 is grey. @source timm, `desaturate` */
export function desaturate(picture: Picture, share: number): Picture {
  return saturation(picture, Math.min(1, Math.max(0, 1 - share)));
}

/** Sharpness: 0 is smoothed by 3 x 3 pixels, 1 leaves the picture as it is. @source Pillow, `ImageEnhance.Sharpness` */
export function sharpness({ width, height, pixels }: Picture, factor: number): Picture {
  const scaled = differences(factor);
  const result = Uint8Array.from(pixels); // the outermost pixels aren't smoothed, so they stay
  const rowLength = width * 3;
  const column = (index: number) =>
    (pixels[index - rowLength] as number) + (pixels[index] as number) + (pixels[index + rowLength] as number);
  for (let row = 1; row < height - 1; row += 1)
    for (let colour = 0; colour < 3; colour += 1) {
      const start = row * rowLength + colour;
      const end = start + rowLength - 3;
      let left = column(start);
      let middle = column(start + 3);
      for (let index = start + 3; index < end; index += 3) {
        const byte = pixels[index] as number;
        const right = column(index + 3);
        // 13ths: 5 of the pixel itself and 1 of each neighbour, rounded to the nearest byte.
        const sum = left + middle + right + 4 * byte;
        const smooth = ((sum + 6) * 20165) >> 18; // a division by 13, exact up to here
        result[index] = clipped(fround(smooth + (scaled[255 + byte - smooth] as number)));
        left = middle;
        middle = right;
      }
    }
  return { width, height, pixels: result };
}
