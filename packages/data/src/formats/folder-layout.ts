import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** One class of a folder of classes. */
interface ClassFolder {
  readonly name: string;
  /** Relative to the class's folder, with `/`, sorted. */
  readonly names: readonly string[];
  /** The same files, as paths. */
  readonly files: readonly string[];
}

/** A folder of class folders. */
export interface ClassFolders {
  readonly folder: string;
  /** Sorted by name. */
  readonly classes: readonly ClassFolder[];
  /** Files that are no pictures, or lie in no class. */
  readonly ignored: readonly string[];
}

/** Where pictures are looked for, to be told with every error about it. */
export const expectedLayout = `Expected one folder per class, apart by what they are for:
  <folder>/train/<class>/*.jpg, <folder>/validation/<class>/*.jpg and, if you like, <folder>/test/<class>/*.jpg
or, to have a validation set split off by chance, all together:
  <folder>/<class>/*.jpg
Pictures end in .jpg, .jpeg, .png or .webp.`;

const byName = (one: string, other: string) => (one < other ? -1 : 1);
/** Whether a file's name says that it is a picture of a format that is read. */
export const isPicture = (name: string) => /\.(jpe?g|png|webp)$/i.test(name);
const isHidden = (path: string) => path.split(sep).some((part) => part.startsWith('.'));

async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** The folders and the files in a folder, sorted, without hidden ones; links count as what they point to. */
export async function listFolder(folder: string): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (isHidden(entry.name)) continue;
    ((await isFolder(entry, join(folder, entry.name))) ? folders : files).push(entry.name);
  }
  return { folders: folders.sort(byName), files: files.sort(byName) };
}

/** The files in a folder and in deeper ones, relative to it, sorted, without hidden ones: pictures, and all others. */
export async function listPictures(folder: string): Promise<{ pictures: string[]; others: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const found = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .filter((path) => !isHidden(path))
    .sort(byName);
  return {
    pictures: found.filter(isPicture),
    others: found.filter((path) => !isPicture(path)),
  };
}

/** Lists the pictures in each class folder, those in deeper folders included. */
export async function listClasses(folder: string): Promise<ClassFolders> {
  const { folders, files } = await listFolder(folder);
  const ignored = files.map((name) => join(folder, name));
  const classes: ClassFolder[] = [];
  for (const name of folders) {
    const classFolder = join(folder, name);
    const { pictures, others } = await listPictures(classFolder);
    ignored.push(...others.map((path) => join(classFolder, path)));
    classes.push({
      name,
      names: pictures.map((path) => path.replaceAll(sep, '/')),
      files: pictures.map((path) => join(classFolder, path)),
    });
  }
  return { folder, classes, ignored };
}
