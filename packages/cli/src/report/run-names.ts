import { resolve, sep } from 'node:path';

/** The last parts of each folder's path, as few as tell the folders apart. */
export function runNames(folders: readonly string[]): readonly string[] {
  const parts = folders.map((folder) => resolve(folder).split(sep));
  const longest = Math.max(...parts.map(({ length }) => length));
  const distinct = new Set(parts.map((path) => path.join('/'))).size;
  for (let count = 1; count < longest; count++) {
    const names = parts.map((path) => path.slice(-count).join('/'));
    if (new Set(names).size === distinct) return names;
  }
  return parts.map((path) => path.join('/'));
}
