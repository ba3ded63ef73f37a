import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DataSet } from '../data-set.js';
import { isPicture, listFolder } from './folder-layout.js';
import { type Example, pictureDataSet } from './picture-data-set.js';
import { setApart } from './set-apart.js';
import { checkSetOptions, type PictureSetOptions, pictureSetOptions } from './set-options.js';

/** How Caltech-256 is opened. */
export interface Caltech256Options extends PictureSetOptions {
  /**
   * Pictures of each class to learn from, those for validation included; the others are the test set. Default 60; 15 and 30 are
   * usual too.
   */
  readonly trainPerClass?: number | undefined;
  /** Whether the 827 pictures of the folder `257.clutter`, which show none of the 256 things, are a class too. Default false. */
  readonly clutter?: boolean | undefined;
}

/** The options of `Caltech256Options` for zod. */
export const caltech256Options = {
  ...pictureSetOptions,
  trainPerClass: z.int().min(1).optional(),
  clutter: z.boolean().optional(),
};

const archiveFolder = '256_ObjectCategories';
const classFolder = /^\d{3}\.(.+)$/;
const clutterFolder = '257.clutter';

/** Where the class folders of Caltech-256 lie: in `root`, or in the folder in it that the archive unpacks to. */
export async function findCaltech256(root: string): Promise<string | undefined> {
  for (const folder of [root, join(root, archiveFolder)]) {
    const names = await readdir(folder).catch(() => []);
    if (names.filter((name) => classFolder.test(name)).length >= 2) return folder;
  }
  return undefined;
}

/**
 * Opens Caltech-256: about 30,000 photographs of 256 kinds of things, in folders such as `001.ak47` (in `root` or in
 * `root/256_ObjectCategories`) with pictures such as `001_0001.jpg`.
 *
 * The set has no official parts. Of each class `trainPerClass` pictures are for learning, drawn by file name, the same for every
 * seed; of them a tenth becomes the validation set, by `seed`. The others are the test set. With `validationShare: 0` all are
 * learned from, and the test set serves as validation too. The names of the classes are those of the folders without number.
 * Files in deeper folders (`056.dog/greg`) are left out, as is usual.
 *
 * @throws when there are no such folders, when a class has no picture left for the test, and one error that lists every picture
 *   that can't be read
 *
 * @example
 * ```ts
 * import { caltech256 } from '@whereabouts/data';
 *
 * const failure = await caltech256('no-such-folder').catch((error: Error) => error.message);
 * String(failure).startsWith("no-such-folder doesn't hold Caltech-256"); // => true
 * ```
 *
 * @source Griffin, Holub & Perona, Caltech-256 Object Category Dataset, 2007; deeper folders as in torchvision's `Caltech256`
 */
export async function caltech256(root: string, options: Caltech256Options = {}): Promise<DataSet> {
  checkSetOptions('caltech256', caltech256Options, options);
  const { trainPerClass = 60, clutter = false } = options;
  const folder = await findCaltech256(root);
  if (folder === undefined)
    throw new Error(
      `${root} doesn't hold Caltech-256. Expected folders such as 001.ak47 in it, or in ${archiveFolder} in it.`,
    );

  const { folders, files } = await listFolder(folder);
  const isTaken = (name: string) => classFolder.test(name) && (clutter || name !== clutterFolder);
  const classFolders = folders.filter(isTaken);
  const ignored = [...folders.filter((name) => !isTaken(name)), ...files].map((name) => join(folder, name));
  const examples: Example[] = [];
  for (const [label, name] of classFolders.entries()) {
    const found = await listFolder(join(folder, name));
    const pictures = found.files.filter(isPicture);
    const others = [...found.folders, ...found.files.filter((file) => !isPicture(file))];
    ignored.push(...others.map((other) => join(folder, name, other)));
    if (pictures.length <= trainPerClass)
      throw new Error(
        `${join(folder, name)} holds ${pictures.length} pictures, so none is left for the test beside ${trainPerClass} to learn from. ` +
          'Make trainPerClass smaller, or delete the folder.',
      );
    examples.push(...pictures.map((file) => ({ file: join(folder, name, file), name: file, label })));
  }
  const classNames = classFolders.map((name) => name.replace(classFolder, '$1'));
  const { rest, apart } = setApart(examples, classNames, {
    count: (length) => length - trainPerClass,
    seed: 0,
  });
  return pictureDataSet({ classNames, train: rest, test: apart, ignored, folder }, options);
}
