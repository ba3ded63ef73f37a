import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { usageError } from '../command-line/usage-error.js';

const extensions = ['.jpg', '.jpeg', '.png', '.webp'];

/**
 * The picture files that words on the command line mean: a file is itself, a folder is every picture in it and below it by
 * name, and `-` is a list of both on standard input, a line each. What isn't there stays in the list, for whoever reads it
 * to say so.
 *
 * @throws when there are none
 */
export async function listGivenPictures(
  words: readonly string[],
  input: NodeJS.ReadableStream,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const word of words)
    if (word === '-') {
      const lines = (await text(input)).split(/\r?\n/).filter((line) => line !== '');
      for (const line of lines) files.push(...(await expand(line)));
    } else files.push(...(await expand(word)));
  if (files.length === 0)
    throw usageError(
      words.length === 0
        ? 'Say which pictures: files, folders, or - for a list of them on standard input.'
        : `There are no pictures (${extensions.join(', ')}) in ${words.join(', ')}.`,
    );
  return files;
}

async function expand(path: string): Promise<readonly string[]> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && extensions.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(^|[\\/])\.[^\\/.]/.test(file.slice(path.length)))
    .sort();
}
