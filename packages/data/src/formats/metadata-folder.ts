import { join, sep } from 'node:path';
import { z } from 'zod';
import type { DataSet } from '../data-set.js';
import { listPictures } from './folder-layout.js';
import { splitNames } from './folder-splits.js';
import { findMetadata, type MetadataRow, metadataNames, readMetadata } from './metadata-table.js';
import { type Example, pictureDataSet } from './picture-data-set.js';
import { checkSetOptions, type PictureSetOptions, pictureSetOptions } from './set-options.js';

/** How a folder with a metadata table is opened. */
export interface MetadataFolderOptions extends PictureSetOptions {
  /** The column with the class of each picture. Without such a column the pictures have no labels. Default `label`. */
  readonly labelColumn?: string | undefined;
}

/** The options of `MetadataFolderOptions` for zod. */
export const metadataFolderOptions = { ...pictureSetOptions, labelColumn: z.string().min(1).optional() };

type Part = keyof typeof splitNames;
type Row = MetadataRow & { readonly file: string };

const parts = Object.keys(splitNames) as Part[];
const partOf = (name: string) => parts.find((part) => splitNames[part].includes(name));

/** `root`, if it or a `train` folder in it has a metadata table. */
export function findMetadataFolder(root: string): string | undefined {
  return [root, join(root, 'train')].some((folder) => findMetadata(folder)) ? root : undefined;
}

/** The rows of all tables by what they are for; those of one table for everything are training pictures. */
async function readParts(root: string, labelColumn: string): Promise<Partial<Record<Part, Row[]>>> {
  const rowsOf = async (folder: string, name: string) =>
    (await readMetadata(folder, name, labelColumn)).map((row) => ({ ...row, file: join(folder, row.name) }));
  const whole = findMetadata(root);
  if (whole) {
    const rows = await rowsOf(root, whole);
    const named = rows.map(({ name }) => partOf(name.split('/')[0] ?? ''));
    if (!named.every((part) => part)) return { train: rows };
    const rowsFor = (part: Part) => rows.filter((_, index) => named[index] === part);
    return Object.fromEntries(
      parts.map((part) => [part, rowsFor(part)] as const).filter(([, list]) => list.length > 0),
    );
  }
  const found: Partial<Record<Part, Row[]>> = {};
  for (const part of parts)
    for (const folder of splitNames[part]) {
      const table = findMetadata(join(root, folder));
      if (table === undefined) continue;
      if (found[part])
        throw new Error(`${root} has ${splitNames[part].join(', ')} that mean the same. Keep one of them.`);
      found[part] = await rowsOf(join(root, folder), table);
    }
  return found;
}

/** Numbers in their order, other names in that of their letters. */
function sortedNames(labels: readonly string[]): string[] {
  const names = [...new Set(labels)];
  const areNumbers = names.every((name) => /^-?\d+$/.test(name));
  return areNumbers ? names.sort((one, other) => Number(one) - Number(other)) : names.sort();
}

/**
 * Opens a folder with a table `metadata.csv` or `metadata.jsonl` that lists its pictures: `file_name`, relative to the table, and
 * their class in the column `label`.
 *
 * The tables lie in the folders `train`, `validation` (or `val`, `valid`) and `test`, or there is one in `root`. If all of its file names
 * begin with those folders, they are the parts; else a share of each class is set apart for validation. A table without
 * labels makes a data set without labels.
 *
 * @throws when there is no table, when a line is incomplete or repeats a file, when validation or test has a class that
 *   training hasn't, and one error that lists every picture that can't be read
 *
 * @example
 * ```ts
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { metadataFolder } from '@whereabouts/data';
 *
 * const white = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';
 * const root = mkdtempSync(join(tmpdir(), 'pictures-'));
 * for (const name of ['1', '2', '3', '4']) writeFileSync(join(root, `${name}.png`), Buffer.from(white, 'base64'));
 * writeFileSync(join(root, 'metadata.csv'), 'file_name,label\n1.png,cat\n2.png,dog\n3.png,dog\n4.png,cat\n');
 *
 * const pets = await metadataFolder(root, { validationShare: 0.5 });
 * pets.classNames; // => ["cat", "dog"]
 * [pets.train.length, pets.validation.length]; // => [2, 2]
 * ```
 *
 * @source `imagefolder` of Hugging Face's `datasets`
 */
export async function metadataFolder(root: string, options: MetadataFolderOptions = {}): Promise<DataSet> {
  checkSetOptions('metadataFolder', metadataFolderOptions, options);
  const { labelColumn = 'label' } = options;
  const { train = [], ...others } = await readParts(root, labelColumn);
  if (train.length === 0)
    throw new Error(
      `${root} has no ${metadataNames.join(' or ')} that lists training pictures, neither in it nor in ${join(root, 'train')}.`,
    );
  const classNames = sortedNames(train.flatMap(({ label }) => label ?? []));
  const labels = new Map(classNames.map((name, label) => [name, label]));
  const examplesOf = (rows: readonly Row[]): Example[] =>
    rows.map(({ name, file, label, place }) => {
      const isKnown = label === undefined ? classNames.length === 0 : labels.has(label);
      if (!isKnown)
        throw new Error(
          `The ${labelColumn} ${label ?? ''} on ${place} is none that training pictures have: ${classNames.join(', ') || 'they have no labels'}.`,
        );
      return { file, name, label: label === undefined ? undefined : labels.get(label) };
    });
  const listed = { train: examplesOf(train) };
  const rest = Object.fromEntries(Object.entries(others).map(([part, rows]) => [part, examplesOf(rows)]));

  const everything = await listPictures(root);
  const taken = new Set(
    Object.values({ ...listed, ...rest }).flatMap((list) => list.map(({ file }) => file)),
  );
  const isTable = (path: string) => metadataNames.includes(path.split(sep).at(-1) ?? '');
  const ignored = [...everything.pictures, ...everything.others.filter((path) => !isTable(path))]
    .map((path) => join(root, path))
    .filter((file) => !taken.has(file));
  return pictureDataSet({ classNames, ...listed, ...rest, ignored, folder: root }, options);
}
