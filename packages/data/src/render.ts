import sharp from 'sharp';
import type { Picture, Size } from './picture.js';
import { resample } from './resample.js';
import { isWhole, type View, whole } from './view.js';

/** The resampling filter of sharp for each interpolation. */
export const kernels = { bicubic: 'cubic', bilinear: 'linear' } as const;

/** The most pixels of a picture that counts as small. */
export const smallPixels = 128 * 128;

/** Whether a picture or a crop is small: then it is resized on this thread. */
export function isSmall({ width, height }: Size): boolean {
  return width * height <= smallPixels;
}

/**
 * Whether a view is resized on this thread instead of by sharp: when its crop is small, since a call into sharp costs
 * more than that work; and when it is enlarged, since libvips then shifts the picture by up to half a pixel.
 *
 * The sizes alone decide, so that the same view always gives the same bytes.
 */
export function isResizedHere({ crop, size }: View): boolean {
  return isSmall(crop) || size.width > crop.width || size.height > crop.height;
}

/** A view of a decoded picture. */
export async function render(picture: Picture, view: View): Promise<Picture> {
  const { crop, size, window } = view;
  if (isWhole(crop, picture) && isWhole(whole(size), crop) && isWhole(window, size)) return picture;
  if (isResizedHere(view)) return resample(picture, view);
  const pixels = await sharp(picture.pixels, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  })
    .extract(crop)
    .resize(size.width, size.height, { fit: 'fill', kernel: kernels[view.interpolation] })
    .extract(window)
    .raw()
    .toBuffer();
  return { width: window.width, height: window.height, pixels };
}
