import { brightness, contrast, desaturate, saturation, sharpness } from './operations/blend-operations.js';
import { gaussianBlur } from './operations/gaussian-blur.js';
import { rotate, shearX, shearY, translateX, translateY } from './operations/geometric-operations.js';
import { autoContrast, equalise } from './operations/histogram-operations.js';
import { hue } from './operations/hue.js';
import { invert, posterise, solarise, solariseAdd } from './operations/point-operations.js';
import type { Sampling } from './operations/transform.js';
import type { Picture } from './picture.js';

const operations = {
  autoContrast,
  brightness,
  contrast,
  desaturate,
  equalise,
  gaussianBlur,
  hue,
  invert,
  posterise,
  rotate,
  saturation,
  sharpness,
  shearX,
  shearY,
  solarise,
  solariseAdd,
  translateX,
  translateY,
} as const satisfies Readonly<
  Record<string, (picture: Picture, amount: number, sampling: Sampling) => Picture>
>;

/** One change of a picture, drawn; plain data. */
export interface PixelOperation {
  readonly name: keyof typeof operations;
  /** In the operation's own unit: degrees, bits, a factor, a share; 0 where it has none. */
  readonly amount: number;
  /** Of the operations that move pixels. */
  readonly sampling: Sampling;
}

/** A new picture of the same size. */
export function operate(picture: Picture, { name, amount, sampling }: PixelOperation): Picture {
  return operations[name](picture, amount, sampling);
}
