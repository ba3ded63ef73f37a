import sharp, { type Sharp } from 'sharp';
import type { Picture, Size } from './picture.js';
import { isResizedHere, kernels, render } from './render.js';
import { isWhole, type View, whole } from './view.js';

/** What the header of a picture's file says. */
export interface PictureFacts extends Size {
  /** What the content is, whatever the file's name says: `jpeg`, `png`, `webp` and others. */
  readonly format: string;
  readonly alpha: boolean;
}

// A file cut short is refused. Colour profiles are left alone, as Pillow leaves them.
const reading = { failOn: 'error', ignoreIcc: true } as const;

/** Says of a file that it can't be read, and why. */
export function unreadable(file: string, reason: unknown): Error {
  const text = reason instanceof Error ? reason.message : String(reason);
  return new Error(`${file} can't be read as a picture: ${text.trim().replaceAll(/\s*\n\s*/g, '; ')}`, {
    cause: reason,
  });
}

/**
 * Reads the header of a picture; width and height are those after its EXIF rotation.
 *
 * @throws when the file isn't there, or isn't a picture; the message names it
 */
export async function readFacts(file: string): Promise<PictureFacts> {
  try {
    const { format, autoOrient, hasAlpha } = await sharp(file, reading).metadata();
    if (format === 'svg') throw new Error('it is an SVG drawing, not a picture of pixels');
    return { width: autoOrient.width, height: autoOrient.height, format, alpha: hasAlpha };
  } catch (reason) {
    throw unreadable(file, reason);
  }
}

// Every way to read pixels: EXIF rotation applied, alpha dropped, 8-bit RGB.
async function decode(file: string, prepare: (oriented: Sharp) => Sharp): Promise<Picture> {
  try {
    const { data, info } = await prepare(sharp(file, reading).autoOrient())
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
  } catch (reason) {
    throw unreadable(file, reason);
  }
}

/**
 * Decodes a whole picture to 8-bit RGB: EXIF rotation applied, grey repeated, alpha dropped (as Pillow's
 * `convert('RGB')` drops it), 16-bit scaled down, CMYK converted.
 *
 * @throws when the file can't be decoded or is cut short; the message names it
 */
export function readPicture(file: string): Promise<Picture> {
  return decode(file, (oriented) => oriented);
}

/**
 * Decodes, cuts out and resizes, in one go where that is possible.
 *
 * @throws as `readPicture`
 */
export async function readPictureView(file: string, facts: PictureFacts, view: View): Promise<Picture> {
  const { crop, size, window } = view;
  // Without a crop the decoder can shrink while it loads: not to the last factor of 2, which would cost sharpness.
  const cut = (oriented: Sharp) => (isWhole(crop, facts) ? oriented : oriented.extract(crop));
  // In one go, colours would be blended by their alpha; they are to stay as if there were none.
  if (facts.alpha || isResizedHere(view))
    return render(await decode(file, cut), { ...view, crop: whole(crop) });
  return decode(file, (oriented) =>
    cut(oriented)
      .resize(size.width, size.height, {
        fit: 'fill',
        fastShrinkOnLoad: false,
        kernel: kernels[view.interpolation],
      })
      .extract(window),
  );
}
