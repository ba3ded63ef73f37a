import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { DataSet } from '../data-set.js';
import { readCsv } from './csv-table.js';
import { isPicture, listFolder } from './folder-layout.js';
import { folderSplits } from './folder-splits.js';
import { examplesOf } from './image-folder.js';
import { type Example, pictureDataSet } from './picture-data-set.js';
import { checkSetOptions, type PictureSetOptions, pictureSetOptions } from './set-options.js';

const synset = /^n\d{8}$/;
const namesFile = 'LOC_synset_mapping.txt';
const solutionFile = 'LOC_val_solution.csv';

/** Where ImageNet's `train` lies: in `root`, or where its archive unpacks it to. */
export async function findImageNet(root: string): Promise<string | undefined> {
  for (const folder of [root, join(root, 'ILSVRC/Data/CLS-LOC')]) {
    const { folders } = await listFolder(join(folder, 'train')).catch(() => ({ folders: [] }));
    if (folders.length > 0 && folders.every((name) => synset.test(name))) return folder;
  }
  return undefined;
}

/** A file beside the pictures, or where the archive has it. */
function besides(root: string, folder: string, name: string): string | undefined {
  return [join(root, name), join(folder, name), join(folder, '../../..', name)].find(existsSync);
}

/** The names of classes, by synset: `tench, Tinca tinca`. A name that two classes share is followed by the synset. */
async function readNames(file: string | undefined, synsets: readonly string[]): Promise<readonly string[]> {
  if (file === undefined) return synsets;
  const names = new Map<string, string>();
  for (const line of (await readFile(file, 'utf8')).split(/\r?\n/)) {
    const [, id, name] = /^(n\d{8})\s+(.+?)\s*$/.exec(line) ?? [];
    if (id !== undefined && name !== undefined) names.set(id, name);
  }
  const known = synsets.map((id) => names.get(id) ?? id);
  return known.map((name, label) =>
    known.indexOf(name) === known.lastIndexOf(name) ? name : `${name} (${synsets[label]})`,
  );
}

/** The validation pictures that all lie in one folder, labelled by a table: `ILSVRC2012_val_00048981,n03995372 85 1 499 272`. */
async function listSolved(folder: string, solution: string, synsets: readonly string[]): Promise<Example[]> {
  const { files } = await listFolder(folder);
  const labels = new Map<string, string>();
  for (const { cells } of await readCsv(solution, ['ImageId', 'PredictionString']))
    labels.set(String(cells.ImageId), String(cells.PredictionString).split(' ')[0] ?? '');
  return files.filter(isPicture).map((name) => {
    const id = labels.get(basename(name, extname(name))) ?? 'none';
    const label = synsets.indexOf(id);
    if (label < 0)
      throw new Error(
        `${solution} gives ${name} the class ${id}, which has no folder in train. Delete the picture or complete train.`,
      );
    return { file: join(folder, name), name, label };
  });
}

/**
 * Opens ImageNet: `train/n01440764/*.JPEG` and `val/n01440764/*.JPEG`, in `root` or in `root/ILSVRC/Data/CLS-LOC`.
 *
 * Pictures of `val` may also lie in one folder, as the archive has them, beside `LOC_val_solution.csv`. The classes are in the order
 * of their synsets, as everywhere, and are named by `LOC_synset_mapping.txt` where that is there. `validation` is `val`, whose
 * accuracy is what papers report; there is no `test`, since the labels of ImageNet's aren't public. The million headers
 * take minutes to look at: `verify: false` starts at once.
 *
 * @throws when there are no such folders, `val` has pictures without labels, and one error that lists every picture that can't
 *   be read
 *
 * @example
 * ```ts
 * import { imageNet } from '@whereabouts/data';
 *
 * const failure = await imageNet('no-such-folder').catch((error: Error) => error.message);
 * String(failure).startsWith("no-such-folder doesn't hold ImageNet"); // => true
 * ```
 *
 * @source Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, arXiv 1409.0575; the layout of its archive
 */
export async function imageNet(root: string, options: PictureSetOptions = {}): Promise<DataSet> {
  checkSetOptions('imageNet', pictureSetOptions, options);
  const folder = await findImageNet(root);
  if (folder === undefined)
    throw new Error(
      `${root} doesn't hold ImageNet. Expected folders such as train/n01440764 in it, or in ILSVRC/Data/CLS-LOC in it.`,
    );
  const { train, validation, test, ignored } = await folderSplits(folder);
  const synsets = train.classes.map(({ name }) => name);
  const flat = join(folder, 'val');
  const solution = besides(root, folder, solutionFile);
  const isFlat = validation === undefined && existsSync(flat);
  if (isFlat && solution === undefined)
    throw new Error(
      `${flat} has no class folders, and there is no ${solutionFile} that says which class its pictures are of. ` +
        'Put that file beside it, move the pictures into class folders, or delete the folder.',
    );
  const solved = isFlat && solution !== undefined ? await listSolved(flat, solution, synsets) : undefined;
  const tables = [namesFile, solutionFile].map((name) => join(folder, name));
  return pictureDataSet(
    {
      classNames: await readNames(besides(root, folder, namesFile), synsets),
      train: examplesOf(train, synsets),
      validation: solved ?? (validation && examplesOf(validation, synsets)),
      test: test && examplesOf(test, synsets),
      ignored: ignored.filter((path) => path !== flat && !tables.includes(path)),
      folder: train.folder,
    },
    options,
  );
}
