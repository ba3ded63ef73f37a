import type { Picture } from '../picture.js';

const { fround } = Math;

/** Hue from 0 to 255. */
function hueByte(red: number, green: number, blue: number, value: number, range: number): number {
  const fromRed = fround((value - red) / range);
  const fromGreen = fround((value - green) / range);
  const fromBlue = fround((value - blue) / range);
  const sextant =
    red === value ? fromBlue - fromGreen : green === value ? 2 + fromRed - fromBlue : 4 + fromGreen - fromRed;
  const turn = fround(sextant) / 6 + 1; // from 5/6 up to 11/6
  return Math.trunc(fround(turn < 1 ? turn : turn - 1) * 255);
}

/**
 * Turns the hue by a share of the colour circle, from -0.5 to 0.5.
 *
 * @source torchvision's `adjust_hue` of Pillow images: hue, saturation and value are rounded to bytes in between
 */
export function hue({ width, height, pixels }: Picture, turn: number): Picture {
  const added = Math.trunc(turn * 255) & 255;
  const result = new Uint8Array(pixels.length);
  const ring = new Uint8Array(6); // red in each sextant of the circle; green lies two sextants behind, blue two ahead
  for (let index = 0; index < pixels.length; index += 3) {
    const red = pixels[index] as number;
    const green = pixels[index + 1] as number;
    const blue = pixels[index + 2] as number;
    const value = Math.max(red, green, blue);
    const range = value - Math.min(red, green, blue);
    const angle = range === 0 ? 0 : hueByte(red, green, blue, value, range);
    const saturation = range === 0 ? 0 : Math.trunc(fround(range / value) * 255);

    const turned = (((angle + added) & 255) * 6) / 255;
    const sextant = Math.trunc(turned);
    const share = fround(saturation / 255);
    const part = fround(turned - sextant);
    ring[0] = value;
    ring[1] = value * (1 - share * part) + 0.5;
    ring[2] = value * (1 - share) + 0.5;
    ring[3] = value * (1 - share) + 0.5;
    ring[4] = value * (1 - share * (1 - part)) + 0.5;
    ring[5] = value;
    result[index] = ring[sextant % 6] as number;
    result[index + 1] = ring[(sextant + 4) % 6] as number;
    result[index + 2] = ring[(sextant + 2) % 6] as number;
  }
  return { width, height, pixels: result };
}
