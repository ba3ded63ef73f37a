import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSet } from '../data-set.js';
import type { Normalisation } from '../normalisation.js';
import type { Split } from '../split.js';
import { type CifarLayout, type CifarRecords, readCifarRecords, side } from './cifar-records.js';
import { type Draw, setApart, shareOf } from './set-apart.js';
import type { SplitOptions } from './set-options.js';

/** What one of the two CIFARs consists of. */
export interface CifarDescription {
  readonly title: string;
  /** What its archive unpacks to. */
  readonly archiveFolder: string;
  readonly train: { readonly files: readonly string[]; readonly picturesPerFile: number };
  readonly test: { readonly files: readonly string[]; readonly picturesPerFile: number };
  /** A file with the name of one class on each line. */
  readonly namesFile: string;
  readonly layout: CifarLayout;
  readonly normalisation: Normalisation;
}

/** Where the files of a CIFAR lie: in `root`, or in the folder in it that the archive unpacks to. */
export function findCifar(
  root: string,
  { archiveFolder, train, test }: CifarDescription,
): string | undefined {
  const isThere = (folder: string) =>
    [...train.files, ...test.files].some((name) => existsSync(join(folder, name)));
  return [root, join(root, archiveFolder)].find(isThere);
}

async function readNames(file: string, count: number): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((reason: Error) => {
    throw new Error(`The names of the classes can't be read: ${reason.message}`, { cause: reason });
  });
  const names = text.split(/\r?\n/).filter((name) => name.trim() !== '');
  if (names.length !== count)
    throw new Error(
      `${file} has ${names.length} names of classes instead of ${count}. Download and unpack it again.`,
    );
  return names;
}

function splitOf(name: string, records: CifarRecords, indices: Int32Array, title: string): Split {
  const length = side * side * 3;
  const at = (index: number) => indices[index] as number;
  return {
    name,
    length: indices.length,
    classes: indices.map((index) => records.labels[index] as number),
    read: async (index) => ({
      width: side,
      height: side,
      pixels: records.pixels.subarray(at(index) * length, (at(index) + 1) * length),
    }),
    describe: (index) => `${title}, ${name === 'test' ? 'test' : 'training'} picture ${at(index)}`,
  };
}

/** Opens a CIFAR that lies in `root`. */
export async function cifarDataSet(
  root: string,
  description: CifarDescription,
  options: SplitOptions,
): Promise<DataSet> {
  const { title, train, test, layout, namesFile } = description;
  const folder = findCifar(root, description);
  if (folder === undefined)
    throw new Error(
      `${root} doesn't hold ${title}'s binary version: there is no ${train.files[0]} in it. ` +
        `Unpack the archive named "binary version" and give the folder ${description.archiveFolder}.`,
    );
  const classNames = await readNames(join(folder, namesFile), layout.classes);
  const training = await readCifarRecords(folder, train.files, train.picturesPerFile, layout);
  const testing = await readCifarRecords(folder, test.files, test.picturesPerFile, layout);

  const { seed = 0, validationShare = 0.1 } = options;
  const everything = (records: CifarRecords) => Int32Array.from(records.labels.keys());
  const testSplit = splitOf('test', testing, everything(testing), title);
  const { rest, apart } =
    validationShare === 0
      ? { rest: everything(training), apart: undefined }
      : apartIndices(training, classNames, { count: shareOf(validationShare), seed });
  return {
    classNames,
    train: splitOf('train', training, rest, title),
    validation: apart ? splitOf('validation', training, apart, title) : { ...testSplit, name: 'validation' },
    test: testSplit,
    normalisation: options.normalisation ?? description.normalisation,
  };
}

function apartIndices(
  { labels }: CifarRecords,
  classNames: readonly string[],
  draw: Draw,
): { readonly rest: Int32Array; readonly apart: Int32Array } {
  const examples = Array.from(labels, (label, index) => ({ index, name: String(index), label }));
  const { rest, apart } = setApart(examples, classNames, draw);
  const indices = (list: typeof examples) => Int32Array.from(list, ({ index }) => index);
  return { rest: indices(rest), apart: indices(apart) };
}
