import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DataSet } from '../data-set.js';
import { readCsv } from './csv-table.js';
import { listFolder } from './folder-layout.js';
import { type Example, pictureDataSet } from './picture-data-set.js';
import { setApart, shareOf } from './set-apart.js';
import { checkSetOptions, type PictureSetOptions, pictureSetOptions } from './set-options.js';

/** How Mini-ImageNet is opened. */
export interface MiniImageNetOptions extends PictureSetOptions {
  /**
   * `paper`: all 100 classes in training and test, 500 and 100 pictures of each. `files`: as the three CSV files have it,
   * 64, 16 and 20 classes with none in common, for few-shot learning; a classifier that is trained on some of them knows
   * nothing of the others. Default `paper`.
   */
  readonly split?: 'paper' | 'files' | undefined;
}

/** The options of `MiniImageNetOptions` for zod. */
export const miniImageNetOptions = { ...pictureSetOptions, split: z.enum(['paper', 'files']).optional() };

const tables = { train: 'train.csv', validation: 'val.csv', test: 'test.csv' };

/** Of each class: 100 of 600. */
const testPictures = shareOf(1 / 6);

/** Where Mini-ImageNet lies, if it does so in `root`. */
export function findMiniImageNet(root: string): string | undefined {
  const isThere = ['images', ...Object.values(tables)].every((name) => existsSync(join(root, name)));
  return isThere ? root : undefined;
}

interface Row {
  readonly filename: string;
  readonly className: string;
}

async function readTables(root: string): Promise<Record<keyof typeof tables, readonly Row[]>> {
  const seen = new Map<string, string>();
  const read = async (name: string): Promise<readonly Row[]> => {
    const file = join(root, name);
    return (await readCsv(file, ['filename', 'label'])).map(({ line, cells }) => {
      const [filename, className] = [String(cells.filename), String(cells.label)];
      const place = `line ${line} of ${file}`;
      if (filename === '' || className === '')
        throw new Error(`There is no ${filename === '' ? 'file name' : 'label'} on ${place}.`);
      const before = seen.get(filename);
      if (before !== undefined) throw new Error(`${filename} stands on ${before} and again on ${place}.`);
      seen.set(filename, place);
      return { filename, className };
    });
  };
  return {
    train: await read(tables.train),
    validation: await read(tables.validation),
    test: await read(tables.test),
  };
}

/**
 * Opens Mini-ImageNet: 60,000 photographs of 100 classes, listed in `train.csv`, `val.csv` and `test.csv` (columns `filename`
 * and `label`), in the folder `images`.
 *
 * By default its pictures are split as in the paper on position labels: 50,000 for training and 10,000 for the test, of the same
 * 100 classes. Which ones isn't published, so 100 of each class are drawn by file name, the same for every seed. Of the
 * others a tenth becomes the validation set, by `seed`; with `validationShare: 0` none do, as in the paper, and the test set
 * serves as validation too. With `split: 'files'` the three files are the three sets.
 *
 * @throws when a file is missing or names a picture twice, and one error that lists every picture that can't be read
 *
 * @example
 * ```ts
 * import { miniImageNet } from '@whereabouts/data';
 *
 * const failure = await miniImageNet('no-such-folder').catch((error: Error) => error.message);
 * String(failure).startsWith("no-such-folder doesn't hold Mini-ImageNet"); // => true
 * ```
 *
 * @source Vinyals et al., Matching Networks for One Shot Learning, 2016; the CSV files are those of Ravi & Larochelle, 2017; the
 *   split of 50,000 and 10,000 is that of Zhang & Gong, arXiv 2206.04981, the choice of the pictures is ours
 */
export async function miniImageNet(root: string, options: MiniImageNetOptions = {}): Promise<DataSet> {
  checkSetOptions('miniImageNet', miniImageNetOptions, options);
  if (findMiniImageNet(root) === undefined)
    throw new Error(
      `${root} doesn't hold Mini-ImageNet. Expected train.csv, val.csv, test.csv and a folder images in it.`,
    );
  const rows = await readTables(root);
  const classNames = [
    ...new Set(
      Object.values(rows)
        .flat()
        .map(({ className }) => className),
    ),
  ].sort();
  const labels = new Map(classNames.map((name, label) => [name, label]));
  const examplesOf = (list: readonly Row[]): Example[] =>
    list.map(({ filename, className }) => ({
      file: join(root, 'images', filename),
      name: filename,
      label: labels.get(className),
    }));

  const listed = {
    train: examplesOf(rows.train),
    validation: examplesOf(rows.validation),
    test: examplesOf(rows.test),
  };
  const mixed = () => {
    const { rest, apart } = setApart(Object.values(listed).flat(), classNames, {
      count: testPictures,
      seed: 0,
    });
    return { train: rest, test: apart };
  };
  const parts = options.split === 'files' ? listed : mixed();
  const { folders, files } = await listFolder(root);
  const taken = ['images', ...Object.values(tables)];
  const ignored = [...folders, ...files].filter((name) => !taken.includes(name));
  return pictureDataSet(
    { classNames, ...parts, ignored: ignored.map((name) => join(root, name)), folder: join(root, 'images') },
    options,
  );
}
