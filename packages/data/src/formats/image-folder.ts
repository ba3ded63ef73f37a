import type { DataSet } from '../data-set.js';
import type { ClassFolders } from './folder-layout.js';
import { folderSplits } from './folder-splits.js';
import { type Example, pictureDataSet } from './picture-data-set.js';
import { checkSetOptions, type PictureSetOptions, pictureSetOptions } from './set-options.js';

/** Lists examples by class, then by name. */
export function examplesOf({ classes }: ClassFolders, classNames: readonly string[]): Example[] {
  return classes.flatMap(({ name: className, names, files }) => {
    const label = classNames.indexOf(className);
    return files.map((file, index) => ({ file, name: names[index] as string, label }));
  });
}

/**
 * Opens a folder of pictures: `root/{train,validation,test}/class/*.jpg` (`val` and `valid` are fine too), or
 * `root/class/*.jpg`, of which `validationShare` of each class becomes the validation set, by file name and seed.
 *
 * Extensions jpg, jpeg, png and webp in any case; hidden files are passed over; class numbers follow the sorted names of
 * the folders. By default the header and the end of every file are looked at first, so that a broken file ends nothing
 * hours later; damage in the middle of a file shows when it is decoded, or not at all.
 *
 * @throws when the folder is missing or empty, a class has no pictures, there is one class only, validation or test has a
 *   class that training hasn't, and one error that lists every picture that can't be read
 *
 * @example
 * ```ts
 * import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { imageFolder } from '@whereabouts/data';
 *
 * const white = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAACklEQVQImWP4DwABAQEADeY2wwAAAABJRU5ErkJggg==';
 * const root = mkdtempSync(join(tmpdir(), 'pictures-'));
 * for (const name of ['cat', 'dog']) {
 *   mkdirSync(join(root, name));
 *   for (const file of ['1.png', '2.png', '3.png'])
 *     writeFileSync(join(root, name, file), Buffer.from(white, 'base64'));
 * }
 *
 * const pets = await imageFolder(root);
 * pets.classNames; // => ["cat", "dog"]
 * Array.from(pets.train.classes ?? []); // => [0, 0, 1, 1]
 * Array.from(pets.validation.classes ?? []); // => [0, 1]
 * ```
 *
 * @source the layout of torchvision's `ImageFolder`
 */
export async function imageFolder(root: string, options: PictureSetOptions = {}): Promise<DataSet> {
  checkSetOptions('imageFolder', pictureSetOptions, options);
  const { train, validation, test, ignored } = await folderSplits(root);
  const classNames = train.classes.map(({ name }) => name);
  return pictureDataSet(
    {
      classNames,
      train: examplesOf(train, classNames),
      validation: validation && examplesOf(validation, classNames),
      test: test && examplesOf(test, classNames),
      ignored,
      folder: train.folder,
    },
    options,
  );
}
