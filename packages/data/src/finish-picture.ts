import { type Move, move } from './move.js';
import type { Picture } from './picture.js';
import { operate, type PixelOperation } from './pixel-operation.js';
import { type Erasure, erase } from './random-erasing.js';

/** All that was drawn for a picture besides its crop; plain data, ready to be sent to a worker. */
export interface Finish extends Move {
  /** In the order in which they are done. */
  readonly operations: readonly PixelOperation[];
  readonly erasures: readonly Erasure[];
}

/** What a picture goes through that is no training picture: nothing. */
export const untouched: Finish = {
  shift: { right: 0, down: 0 },
  flip: false,
  verticalFlip: false,
  operations: [],
  erasures: [],
};

/**
 * Makes a decoded, cropped and resized picture to an image, `[height, width, 3]` float32: moves it, changes its pixels,
 * normalises it and erases parts of it, as drawn.
 *
 * Pure and synchronous, and all that it takes is plain data, so it gives the same image on any thread.
 *
 * @param table of `normalisationTable`
 * @param image where to write it, such as a part of a batch; a new array unless given
 * @source timm's order: crop, flips, RandAugment or colour jitter, normalisation, random erasing
 */
export function finishPicture(
  picture: Picture,
  finish: Finish,
  table: Float32Array,
  image: Float32Array = new Float32Array(picture.pixels.length),
): Float32Array {
  const { pixels, width } = finish.operations.reduce(operate, move(picture, finish));
  for (let index = 0; index < pixels.length; index += 3) {
    image[index] = table[pixels[index] as number] as number;
    image[index + 1] = table[256 + (pixels[index + 1] as number)] as number;
    image[index + 2] = table[512 + (pixels[index + 2] as number)] as number;
  }
  erase(image, width, finish.erasures);
  return image;
}
