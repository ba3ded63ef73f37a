import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { Picture, Size } from './picture.js';
import { isResizedHere, isSmall, kernels, render } from './render.js';
import { isWhole, type View, whole } from './view.js';

/** What the header of a picture's file says. */
export interface PictureFacts extends Size {
  /** What the content is, whatever the file's name says: `jpeg`, `png`, `webp` and others. */
  readonly format: string;
  /** Whether it is grey or colour of 8 bits without alpha, so that it is the same resized before or after it is converted. */
  readonly plain: boolean;
}

/** A file with a picture in it, as plain data that other threads can be handed. */
export interface PictureFile {
  readonly path: string;
  /** Its header, where it has been read already. */
  readonly facts?: PictureFacts | undefined;
  /** A picture of more pixels is refused before it is decoded. Default 178,956,970, as in Pillow. */
  readonly pixelLimit?: number | undefined;
  /** The decoded picture is wanted in memory if it has at most so many pixels. Default 0. */
  readonly keepUpTo?: number | undefined;
}

/** The pixels from which on Pillow refuses a picture as a decompression bomb: 179 megapixels, 512 MiB decoded. */
export const defaultPixelLimit = 178_956_970;

/** The most pixels of a picture that may be kept in memory: those of larger ones depend on how they are loaded. */
export const keepablePixels = 2 ** 20;

/** Whether a picture may be kept in memory: whether each view of it is the same, bit for bit, as from its file. */
export function isKeepable(facts: PictureFacts): boolean {
  return isSmall(facts) || (facts.plain && facts.width * facts.height <= keepablePixels);
}

/** Says of a file that it can't be read, and why. */
export function unreadable(path: string, reason: unknown): Error {
  const text = reason instanceof Error ? reason.message : String(reason);
  const sentence = text
    .trim()
    .replaceAll(/\s*\n\s*/g, '; ')
    .replace(/^Input (buffer|file) /, 'it ');
  return new Error(`${path} can't be read as a picture: ${sentence}`, { cause: reason });
}

// A file cut short is refused. Colour profiles are left alone, as Pillow leaves them.
const reading = { failOn: 'error', ignoreIcc: true } as const;

async function factsOf(input: string | Buffer, pixelLimit: number): Promise<PictureFacts> {
  // Reading the header takes no memory for pixels, so sharp's own limit is left out in favour of a message with the size.
  const { format, autoOrient, depth, hasAlpha, space, ...stored } = await sharp(input, {
    ...reading,
    limitInputPixels: false,
  }).metadata();
  if (format === 'svg') throw new Error('it is an SVG drawing, not a picture of pixels');
  const { width, height } = autoOrient;
  if (stored.width * stored.height > pixelLimit)
    throw new Error(
      `it has ${width} x ${height} pixels, more than the ${pixelLimit} that are allowed. ` +
        'If it is no decompression bomb, raise pixelLimit',
    );
  const plain = depth === 'uchar' && !hasAlpha && (space === 'srgb' || space === 'b-w');
  return { width, height, format, plain };
}

/**
 * Reads the header of a picture; width and height are those after its EXIF rotation.
 *
 * @throws when the file isn't there, isn't a picture, or has more pixels than `pixelLimit`; the message names it
 */
export async function readFacts(path: string, pixelLimit = defaultPixelLimit): Promise<PictureFacts> {
  try {
    return await factsOf(path, pixelLimit);
  } catch (reason) {
    throw unreadable(path, reason);
  }
}

// Every way to read pixels: EXIF rotation applied, 8-bit RGB, transparency over white.
async function decode(bytes: Buffer, prepare: (oriented: Sharp) => Sharp): Promise<Picture> {
  const { data, info } = await prepare(sharp(bytes, { ...reading, limitInputPixels: false }).autoOrient())
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

const decodeWhole = (bytes: Buffer) => decode(bytes, (oriented) => oriented);

async function opened<Result>(
  { path, facts, pixelLimit = defaultPixelLimit }: PictureFile,
  use: (bytes: Buffer, facts: PictureFacts) => Promise<Result>,
): Promise<Result> {
  try {
    const bytes = await readFile(path);
    return await use(bytes, facts ?? (await factsOf(bytes, pixelLimit)));
  } catch (reason) {
    throw unreadable(path, reason);
  }
}

/**
 * Decodes a whole picture to 8-bit RGB: EXIF rotation applied, grey repeated, what is transparent over white, 16-bit scaled
 * down, CMYK converted.
 *
 * @throws when the file can't be decoded or is cut short, or has more pixels than its limit; the message names it
 */
export function readPicture(file: PictureFile): Promise<Picture> {
  return opened(file, decodeWhole);
}

async function decodeView(bytes: Buffer, facts: PictureFacts, view: View): Promise<Picture> {
  const { crop, size, window } = view;
  // Without a crop the decoder shrinks large pictures while it loads: not to the last factor of 2, which would cost sharpness.
  const isShrunk = isWhole(crop, facts) && facts.width * facts.height > keepablePixels;
  const cut = (oriented: Sharp) => (isShrunk ? oriented : oriented.extract(crop));
  if (isResizedHere(view)) return render(await decode(bytes, cut), { ...view, crop: whole(crop) });
  return decode(bytes, (oriented) =>
    cut(oriented)
      .resize(size.width, size.height, {
        fit: 'fill',
        fastShrinkOnLoad: false,
        kernel: kernels[view.interpolation],
      })
      .extract(window),
  );
}

/** What was found in a file: its header, and the whole picture where it is wanted in memory. */
export interface FoundPicture {
  readonly facts: PictureFacts;
  readonly picture?: Picture;
}

/** A view of a picture in a file, and what was found there besides. */
export interface FileView {
  readonly view: Picture;
  readonly found: FoundPicture;
}

/**
 * Decodes, cuts out and resizes, in one go where that is possible; `choose` gets the size of the whole picture.
 *
 * @throws as `readPicture`
 */
export function readPictureView(file: PictureFile, choose: (size: Size) => View): Promise<FileView> {
  return opened(file, async (bytes, facts) => {
    const { keepUpTo = 0 } = file;
    const isKept = isKeepable(facts) && facts.width * facts.height <= keepUpTo;
    if (!isSmall(facts) && !isKept)
      return { view: await decodeView(bytes, facts, choose(facts)), found: { facts } };
    const picture = await decodeWhole(bytes);
    const view = await render(picture, choose(picture));
    return { view, found: { facts, ...(isKept && { picture }) } };
  });
}
