import type { Picture } from './picture.js';
import {
  defaultPixelLimit,
  type FoundPicture,
  isKeepable,
  keepablePixels,
  type PictureFacts,
  type PictureFile,
  readPicture,
} from './picture-file.js';
import { smallPixels } from './render.js';
import type { Split } from './split.js';

/** The pictures of a split, as files. */
export interface PictureFilesOptions {
  /** Such as `train`. */
  readonly name: string;
  /** Paths, in the order of the examples. */
  readonly files: readonly string[];
  /** Each file's class. Absent: the split has no labels. */
  readonly classes?: Int32Array | undefined;
  /** Each file's header, where it has been read already. */
  readonly facts?: readonly (PictureFacts | undefined)[] | undefined;
  /**
   * Memory for decoded pictures, in MiB. Where all headers are known and all pictures up to a megapixel fit, they are kept;
   * else small ones (128 x 128 pixels and less) are, as long as there is room. Default 512.
   */
  readonly keepMebibytes?: number | undefined;
  /** A picture of more pixels is refused before it is decoded. Default 178,956,970, as in Pillow. */
  readonly pixelLimit?: number | undefined;
}

/**
 * Makes a split of picture files, in the order given. Nothing is read until a picture is asked for.
 *
 * Pictures stay in memory once they were in a batch, if they fit (see `keepMebibytes`); the batches are the same either way.
 *
 * @example
 * ```ts
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { pictureFiles } from '@whereabouts/data';
 *
 * const white = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';
 * const file = join(mkdtempSync(join(tmpdir(), 'pictures-')), 'white.png');
 * writeFileSync(file, Buffer.from(white, 'base64'));
 *
 * const split = pictureFiles({ name: 'to predict', files: [file] });
 * Array.from((await split.read(0)).pixels); // => [255, 255, 255]
 * ```
 */
export function pictureFiles(options: PictureFilesOptions): Split {
  const { name, files, keepMebibytes = 512, pixelLimit = defaultPixelLimit } = options;
  const facts = [...(options.facts ?? [])];
  const kept: (Picture | undefined)[] = [];
  let space = keepMebibytes * 2 ** 20;
  const keepable = facts.filter((known): known is PictureFacts => known !== undefined && isKeepable(known));
  const bytes = keepable.reduce((sum, { width, height }) => sum + width * height * 3, 0);
  const knowsAll = facts.length === files.length && facts.every((known) => known !== undefined);
  const most = knowsAll && bytes <= space ? keepablePixels : smallPixels;

  const pathOf = (index: number): string => {
    const path = files[index];
    if (path === undefined)
      throw new Error(`The ${name} split has the pictures 0 to ${files.length - 1}, not ${index}.`);
    return path;
  };
  const fileOf = (index: number): PictureFile => ({
    path: pathOf(index),
    facts: facts[index],
    pixelLimit,
    keepUpTo: Math.min(most, Math.floor(space / 3)),
  });
  const learn = (index: number, { facts: found, picture }: FoundPicture) => {
    facts[index] = found;
    if (picture === undefined || kept[index] !== undefined || picture.pixels.byteLength > space) return;
    space -= picture.pixels.byteLength;
    kept[index] = picture;
  };
  return {
    name,
    length: files.length,
    ...(options.classes && { classes: options.classes }),
    read: async (index) => kept[index] ?? readPicture(fileOf(index)),
    describe: pathOf,
    file: (index) => (kept[index] ? undefined : fileOf(index)),
    learn,
  };
}
