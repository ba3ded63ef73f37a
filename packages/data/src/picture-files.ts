import type { Picture, Size } from './picture.js';
import { type PictureFacts, readFacts, readPicture, readPictureView } from './picture-file.js';
import { isSmall, render } from './render.js';
import type { Split } from './split.js';
import type { View } from './view.js';

/** The pictures of a split, as files. */
export interface PictureFilesOptions {
  /** Such as `train`. */
  readonly name: string;
  /** Paths, in the order of the examples. */
  readonly files: readonly string[];
  /** Each file's class. Default: 0 for all, as for pictures to predict. */
  readonly classes?: Int32Array;
  /** Each file's header, where it has been read already. */
  readonly facts?: readonly PictureFacts[];
  /** Memory for decoded small pictures (128 x 128 pixels and less), in MiB. Default 512. */
  readonly keepMebibytes?: number;
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
  const { name, files, keepMebibytes = 512 } = options;
  const facts: (PictureFacts | undefined)[] = [...(options.facts ?? [])];
  const kept: (Picture | undefined)[] = [];
  let space = keepMebibytes * 2 ** 20;

  const fileOf = (index: number): string => {
    const file = files[index];
    if (file === undefined)
      throw new Error(`The ${name} split has the pictures 0 to ${files.length - 1}, not ${index}.`);
    return file;
  };
  const factsOf = async (index: number): Promise<PictureFacts> => {
    const known = facts[index] ?? (await readFacts(fileOf(index)));
    facts[index] = known;
    return known;
  };
  const read = async (index: number): Promise<Picture> => {
    const known = kept[index];
    if (known) return known;
    const file = fileOf(index);
    await factsOf(index); // refuses what the decoder would take and we don't
    const picture = await readPicture(file);
    if (isSmall(picture) && kept[index] === undefined && picture.pixels.byteLength <= space) {
      space -= picture.pixels.byteLength;
      kept[index] = picture;
    }
    return picture;
  };
  const readView = async (index: number, choose: (size: Size) => View): Promise<Picture> => {
    const size = facts[index] ?? (await factsOf(index));
    if (!isSmall(size)) return readPictureView(fileOf(index), size, choose(size));
    const picture = kept[index] ?? (await read(index));
    return render(picture, choose(picture));
  };
  return {
    name,
    length: files.length,
    classes: options.classes ?? new Int32Array(files.length),
    read,
    readView,
    describe: fileOf,
  };
}
