import { z } from 'zod';
import type { DataSet } from './data-set.js';
import type { ClassFolders } from './folder-layout.js';
import { folderSplits } from './folder-splits.js';
import { imageNetNormalisation, type Normalisation } from './normalisation.js';
import { pictureFiles } from './picture-files.js';
import type { Split } from './split.js';
import { validationNames } from './stratified-split.js';
import { verifyPictures } from './verify-pictures.js';

/** How a folder of pictures is read. */
export interface ImageFolderOptions {
  /** Of the split into train and validation, where the folder has none. Default 0. */
  readonly seed?: number | undefined;
  /** The share of each class that becomes validation, where the folder has none. Default 0.1. */
  readonly validationShare?: number | undefined;
  /** Whether every file is looked at before anything starts. Default true. */
  readonly verify?: boolean | undefined;
  /** Default: ImageNet's. */
  readonly normalisation?: Normalisation | undefined;
  /** Memory for decoded small pictures (128 x 128 pixels and less) of each split, in MiB. Default 512. */
  readonly keepMebibytes?: number | undefined;
}

const schema = z.looseObject({
  seed: z.int().optional(),
  validationShare: z.number().gt(0).lt(1).optional(),
  verify: z.boolean().optional(),
  keepMebibytes: z.number().min(0).optional(),
});

interface Example {
  readonly file: string;
  readonly label: number;
}

/** Lists examples by class, then by name; `take` says which. */
function examplesOf(
  { classes }: ClassFolders,
  classNames: readonly string[],
  take: (className: string, name: string) => boolean,
): Example[] {
  return classes.flatMap(({ name: className, names, files }) => {
    const label = classNames.indexOf(className);
    const taken = files.filter((_, index) => take(className, names[index] as string));
    return taken.map((file) => ({ file, label }));
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
 * Array.from(pets.train.classes); // => [0, 0, 1, 1]
 * Array.from(pets.validation.classes); // => [0, 1]
 * ```
 *
 * @source the layout of torchvision's `ImageFolder`
 */
export async function imageFolder(root: string, options: ImageFolderOptions = {}): Promise<DataSet> {
  const checked = schema.safeParse(options);
  if (!checked.success)
    throw new Error(`These options of imageFolder can't be used:\n${z.prettifyError(checked.error)}`);
  const { seed = 0, validationShare = 0.1, verify = true, keepMebibytes = 512 } = options;

  const folders = await folderSplits(root);
  const classNames = folders.train.classes.map(({ name }) => name);
  const splitOff = new Map(
    folders.validation
      ? []
      : folders.train.classes.map(({ name, names }) => [
          name,
          validationNames(name, names, { share: validationShare, seed }),
        ]),
  );
  const isSplitOff = (className: string, name: string) => splitOff.get(className)?.has(name) ?? false;
  const examples = {
    train: examplesOf(folders.train, classNames, (className, name) => !isSplitOff(className, name)),
    validation: folders.validation
      ? examplesOf(folders.validation, classNames, () => true)
      : examplesOf(folders.train, classNames, isSplitOff),
    test: folders.test && examplesOf(folders.test, classNames, () => true),
  };
  if (examples.validation.length === 0)
    throw new Error(
      `Every class in ${folders.train.folder} has one picture only, so none can be set apart for validation. Add more pictures.`,
    );

  const everything = [...examples.train, ...examples.validation, ...(examples.test ?? [])];
  const facts = verify ? await verifyPictures(everything.map(({ file }) => file)) : [];
  const split = (name: string, list: readonly Example[], start: number): Split =>
    pictureFiles({
      name,
      files: list.map(({ file }) => file),
      classes: Int32Array.from(list, ({ label }) => label),
      facts: facts.slice(start, start + list.length),
      keepMebibytes,
    });
  const testStart = examples.train.length + examples.validation.length;
  return {
    classNames,
    train: split('train', examples.train, 0),
    validation: split('validation', examples.validation, examples.train.length),
    ...(examples.test && { test: split('test', examples.test, testStart) }),
    normalisation: options.normalisation ?? imageNetNormalisation,
    ignored: folders.ignored,
  };
}
