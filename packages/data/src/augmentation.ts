import { stream } from '@whereabouts/layers';
import type { Size } from './picture.js';
import { randomResizedCrop } from './random-resized-crop.js';
import type { View } from './view.js';
import { whole } from './view.js';

/** What a training image goes through, in this order: a random crop, resized; a shift; a flip. */
export interface Augmentation {
  /** The range of the crop's share of the picture's area. Default `[0.08, 1]`. */
  readonly scale?: readonly [number, number] | undefined;
  /** The range of the crop's width / height. Default `[3 / 4, 4 / 3]`. */
  readonly ratio?: readonly [number, number] | undefined;
  /** The image is shifted by up to so many pixels each way, black coming in from outside. Default 0. */
  readonly padding?: number | undefined;
  /** The probability of a mirror image, left to right. Default 0.5. */
  readonly hflip?: number | undefined;
  /** Default `bicubic`. */
  readonly interpolation?: 'bicubic' | 'bilinear' | undefined;
}

/**
 * The augmentation that is usual for tiny pictures of one size: the whole picture, shifted by up to 4 pixels, flipped.
 *
 * @source He et al., Deep Residual Learning, section 4.2 (CIFAR-10)
 */
export const padAndShift: Augmentation = { scale: [1, 1], ratio: [1, 1], padding: 4 };

/** How one example enters its batch. */
export interface Placement {
  readonly choose: (size: Size) => View;
  /** Pixel `(row, column)` of the image is `(row + down, column + right)` of the view, or black outside of it. */
  readonly shift: { readonly right: number; readonly down: number };
  /** Whether the columns are taken in reverse. */
  readonly flip: boolean;
}

/** The random placement of an example; it depends on seed, epoch and the example's index alone. */
export function augment(
  augmentation: Augmentation,
  imageSize: Size,
  origin: { readonly seed: number; readonly epoch: number; readonly index: number },
): Placement {
  const { scale = [0.08, 1], ratio = [3 / 4, 4 / 3], padding = 0, hflip = 0.5 } = augmentation;
  const { interpolation = 'bicubic' } = augmentation;
  const random = stream(origin.seed, 'augmentation', origin.epoch, origin.index);
  // The crop is drawn last: how many numbers it takes depends on the picture.
  const flip = random.uniform() < hflip;
  const shift = {
    right: random.integer(2 * padding + 1) - padding,
    down: random.integer(2 * padding + 1) - padding,
  };
  const choose = (size: Size): View => ({
    crop: randomResizedCrop(size, scale, ratio, random),
    size: imageSize,
    window: whole(imageSize),
    interpolation,
  });
  return { choose, shift, flip };
}
