import { open } from 'node:fs/promises';
import { usageError } from '../command-line/usage-error.js';

/**
 * Writes a text file that must not be there yet.
 *
 * @throws when it is there; it is left alone
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? usageError(`${path} is there already, and is left alone; choose another name with --to.`)
      : error;
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
