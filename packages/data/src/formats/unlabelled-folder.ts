import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { DataSet } from '../data-set.js';
import { listFolder, listPictures } from './folder-layout.js';
import { splitNames } from './folder-splits.js';
import { type Example, pictureDataSet } from './picture-data-set.js';
import { checkSetOptions, type PictureSetOptions, pictureSetOptions } from './set-options.js';

interface Listed {
  readonly examples: readonly Example[];
  readonly others: readonly string[];
}

async function list(folder: string): Promise<Listed> {
  const { pictures, others } = await listPictures(folder);
  return {
    examples: pictures.map((path) => ({ file: join(folder, path), name: path.replaceAll(sep, '/') })),
    others: others.map((path) => join(folder, path)),
  };
}

/**
 * Opens a folder of pictures without labels, for self-supervised learning; the folders that they lie in mean nothing.
 *
 * `root/train`, `root/validation` (or `val`, `valid`) and `root/test` are the parts if `train` is there; else all pictures in `root` are
 * for training, and `validationShare` of them is set apart, by name and seed. Splits have no `classes` and `classNames` is empty,
 * so batches hold `images` alone.
 *
 * @throws when there is no such folder or no picture in it, and one error that lists every picture that can't be read
 *
 * @example
 * ```ts
 * import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { batches, unlabelledFolder } from '@whereabouts/data';
 *
 * const white = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';
 * const root = mkdtempSync(join(tmpdir(), 'pictures-'));
 * mkdirSync(join(root, 'summer'));
 * for (const name of ['1.png', '2.png', 'summer/3.png']) writeFileSync(join(root, name), Buffer.from(white, 'base64'));
 *
 * const { train, validation, classNames, normalisation } = await unlabelledFolder(root);
 * [train.length, validation.length, classNames.length]; // => [2, 1, 0]
 * for await (const batch of batches(train, { batchSize: 2, imageSize: 8, normalisation, workers: 0 }).epoch(0)) Object.keys(batch); // => ["images"]
 * ```
 */
export async function unlabelledFolder(root: string, options: PictureSetOptions = {}): Promise<DataSet> {
  checkSetOptions('unlabelledFolder', pictureSetOptions, options);
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) throw new Error(`There is no folder ${root}.`);

  const top = await listFolder(root);
  const folderOf = (names: readonly string[]) => {
    const present = names.filter((name) => top.folders.includes(name));
    if (present.length > 1)
      throw new Error(`${root} has ${present.join(' and ')}, which mean the same. Keep one of them.`);
    return present[0];
  };
  const named = top.folders.includes('train')
    ? Object.entries(splitNames).flatMap(([part, names]) => {
        const folder = folderOf(names);
        return folder === undefined ? [] : [[part, folder] as const];
      })
    : [['train', ''] as const];
  const parts = await Promise.all(
    named.map(async ([part, folder]) => [part, await list(join(root, folder))] as const),
  );
  const examples: Partial<Record<string, readonly Example[]>> = Object.fromEntries(
    parts.map(([part, listed]) => [part, listed.examples]),
  );
  const { train = [], validation, test } = examples;
  if (train.length === 0)
    throw new Error(
      `There are no pictures in ${join(root, named[0]?.[1] ?? '')}. Pictures end in .jpg, .jpeg, .png or .webp.`,
    );

  const taken = named.map(([, folder]) => folder);
  const left = taken.includes('')
    ? []
    : [...top.folders, ...top.files].filter((name) => !taken.includes(name));
  const ignored = [...parts.flatMap(([, { others }]) => others), ...left.map((name) => join(root, name))];
  return pictureDataSet({ classNames: [], train, validation, test, ignored, folder: root }, options);
}
