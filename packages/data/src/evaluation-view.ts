import type { Size } from './picture.js';
import { type View, whole } from './view.js';

/**
 * The share of the side of a resized picture that evaluation looks at unless told otherwise: 0.875, but all of it for images of
 * 96 pixels and less.
 *
 * @param size of the images, in pixels
 * @example
 * ```ts
 * import { defaultCropPct } from '@whereabouts/data';
 *
 * [defaultCropPct({ width: 224, height: 224 }), defaultCropPct({ width: 64, height: 64 })]; // => [0.875, 1]
 * ```
 */
export function defaultCropPct({ width, height }: Size): number {
  return Math.min(width, height) > 96 ? 0.875 : 1;
}

// Half of a whole number; a remaining half goes to the even neighbour, as Python rounds.
const half = (count: number) => (count % 4 === 1 ? (count - 1) / 2 : Math.round(count / 2));

/**
 * What evaluation sees: the picture resized until it just covers `imageSize / cropPct`, and its centre cut out.
 *
 * @source timm, `transforms_imagenet_eval` with crop mode `center`
 */
export function evaluationView(
  size: Size,
  imageSize: Size,
  cropPct: number,
  interpolation: View['interpolation'],
): View {
  const cover = {
    width: Math.floor(imageSize.width / cropPct),
    height: Math.floor(imageSize.height / cropPct),
  };
  const resized = {
    width: Math.max(cover.width, Math.floor((size.width * cover.height) / size.height)),
    height: Math.max(cover.height, Math.floor((size.height * cover.width) / size.width)),
  };
  const window = {
    left: half(resized.width - imageSize.width),
    top: half(resized.height - imageSize.height),
    ...imageSize,
  };
  return { crop: whole(size), size: resized, window, interpolation };
}
