import { createWriteStream, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { libraries } from './wheel.js';

/** The folders of TensorFlow's headers that the addon's source includes from. */
const headers = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/xla/tsl/c/',
];

/**
 * Unpacks from a TensorFlow wheel what the addon needs and no more: the two libraries into `libraryFolder`, some
 * headers into `includeFolder`; streamed, so that memory stays small.
 *
 * @throws when the file is no zip archive or has no such libraries
 */
export async function unzipWheel(wheel: string, libraryFolder: string, includeFolder: string): Promise<void> {
  const archive = await openPromise(wheel);
  const missing = new Set<string>(libraries);
  try {
    for await (const entry of archive.eachEntry()) {
      const target = targetOf(entry.fileName, libraryFolder, includeFolder);
      if (target === undefined) continue;
      mkdirSync(dirname(target), { recursive: true });
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
      missing.delete(basename(target));
    }
  } finally {
    archive.close();
  }
  if (missing.size > 0)
    throw new Error(`The wheel ${basename(wheel)} has no ${[...missing].join(' and no ')}.`);
}

function targetOf(name: string, libraryFolder: string, includeFolder: string): string | undefined {
  const library = libraries.find((file) => name === `tensorflow/${file}`);
  if (library !== undefined) return join(libraryFolder, library);
  if (name.endsWith('/') || !headers.some((prefix) => name.startsWith(prefix))) return undefined;
  return join(includeFolder, name.slice('tensorflow/include/'.length));
}
