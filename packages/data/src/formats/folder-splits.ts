import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClassFolders, expectedLayout, listClasses, listFolder } from './folder-layout.js';

/** What a folder of pictures holds, apart by what it is for. */
export interface FolderSplits {
  readonly train: ClassFolders;
  readonly validation?: ClassFolders;
  readonly test?: ClassFolders;
  /** Everything that was found and not taken. */
  readonly ignored: readonly string[];
}

/** The folders that stand for each part. */
export const splitNames: Readonly<Record<'train' | 'validation' | 'test', readonly string[]>> = {
  train: ['train'],
  validation: ['validation', 'val', 'valid'],
  test: ['test'],
};

const pictureCount = ({ classes }: ClassFolders) =>
  classes.reduce((count, { files }) => count + files.length, 0);

function checkTraining(training: ClassFolders): void {
  const { folder, classes, ignored } = training;
  const empty = classes.filter(({ files }) => files.length === 0).map(({ name }) => name);
  if (pictureCount(training) === 0) {
    const found =
      ignored.length === 0 ? 'It is empty' : `It holds ${ignored.length} other files, such as ${ignored[0]}`;
    throw new Error(`No pictures in class folders in ${folder}. ${found}.\n${expectedLayout}`);
  }
  if (empty.length > 0)
    throw new Error(
      `No pictures in these class folders of ${folder}: ${empty.join(', ')}. ` +
        'Put pictures (.jpg, .jpeg, .png, .webp) into them or delete them.',
    );
  if (classes.length === 1)
    throw new Error(
      `${folder} holds one class only, ${classes[0]?.name}; there is nothing to tell apart. Add a folder for a second class.\n${expectedLayout}`,
    );
}

function checkOther(other: ClassFolders, training: ClassFolders): void {
  const known = new Set(training.classes.map(({ name }) => name));
  const unknown = other.classes.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Error(
      `${other.folder} has classes that ${training.folder} doesn't: ${unknown.join(', ')}. ` +
        `Known are ${[...known].join(', ')}. Rename or delete the folders.`,
    );
  if (pictureCount(other) === 0)
    throw new Error(
      `${other.folder} holds no pictures. Fill its class folders, or delete it.\n${expectedLayout}`,
    );
}

/**
 * Finds out which of the two layouts a folder has, and lists its pictures.
 *
 * @throws when there is no such folder, when it has neither layout, when a class has no pictures, when there is one class
 *   only, and when validation or test has a class that training hasn't
 */
export async function folderSplits(root: string): Promise<FolderSplits> {
  const found = await stat(root).catch(() => undefined);
  if (!found) throw new Error(`There is no folder ${root}.\n${expectedLayout}`);
  if (!found.isDirectory())
    throw new Error(`${root} is a file, not a folder of pictures.\n${expectedLayout}`);

  const { folders } = await listFolder(root);
  const isSplit = async (name: string) =>
    folders.includes(name) && (await listFolder(join(root, name))).folders.length > 0;
  const folderOf = async (names: readonly string[]): Promise<string | undefined> => {
    const present: string[] = [];
    for (const name of names) if (await isSplit(name)) present.push(name);
    if (present.length > 1)
      throw new Error(`${root} has ${present.join(' and ')}, which mean the same. Keep one of them.`);
    return present[0];
  };
  const train = await folderOf(splitNames.train);
  const validation = await folderOf(splitNames.validation);
  const test = await folderOf(splitNames.test);

  const named = folders.filter((name) => Object.values(splitNames).flat().includes(name));
  if (!train && (validation || test || named.length > 1))
    throw new Error(
      `${root} has ${named.join(' and ')}, but no train folder with class folders.\n${expectedLayout}`,
    );
  const training = await listClasses(train ? join(root, train) : root);
  checkTraining(training);
  const ignored = [...training.ignored];
  if (train) {
    const other = await listFolder(root);
    const taken = new Set([train, validation, test]);
    ignored.push(
      ...[...other.folders, ...other.files]
        .filter((name) => !taken.has(name))
        .map((name) => join(root, name)),
    );
  }
  const list = async (name: string | undefined): Promise<ClassFolders | undefined> => {
    if (!name) return undefined;
    const classes = await listClasses(join(root, name));
    checkOther(classes, training);
    ignored.push(...classes.ignored);
    return classes;
  };
  const validating = await list(validation);
  const testing = await list(test);
  return {
    train: training,
    ...(validating && { validation: validating }),
    ...(testing && { test: testing }),
    ignored,
  };
}
