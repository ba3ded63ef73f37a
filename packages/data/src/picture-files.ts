import type { Picture } from './picture.js';
import {
  defaultPixelLimit,
  type FoundPicture,
  type PictureFacts,
  type PictureFile,
  readPicture,
} from './picture-file.js';
import { isSmall, smallPixels } from './render.js';
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
  /** Memory for decoded small pictures (128 x 128 pixels and less), in MiB. Default 512. */
  readonly keepMebibytes?: number | undefined;
  /** A picture of more pixels is refused before it is decoded. Default 178,956,970, as in Pillow. */
  readonly pixelLimit?: number | undefined;
}

/**
 * Makes a split of picture files, in the order given. Nothing is read until a picture is asked for.
 *
 * Small pictures stay in memory once they are decoded, up to `keepMebibytes`; larger ones are decoded each time.
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
  const hasRoom = () => space >= smallPixels * 3; // for any

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
    keep: hasRoom(),
  });
  const keep = (index: number, picture: Picture) => {
    if (!isSmall(picture) || kept[index] !== undefined || !hasRoom()) return;
    space -= picture.pixels.byteLength;
    kept[index] = picture;
  };
  const learn = (index: number, found: FoundPicture) => {
    facts[index] = found.facts;
    if (found.picture) keep(index, found.picture);
  };
  return {
    name,
    length: files.length,
    ...(options.classes && { classes: options.classes }),
    read: async (index) => {
      const known = kept[index];
      if (known) return known;
      const picture = await readPicture(fileOf(index));
      keep(index, picture);
      return picture;
    },
    describe: pathOf,
    file: (index) => (kept[index] ? undefined : fileOf(index)),
    learn,
  };
}
