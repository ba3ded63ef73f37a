import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from '@whereabouts/weights/files';

/**
 * Reads a JSON file; undefined where there is none.
 *
 * @throws when it holds no JSON
 */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} holds no JSON (${(error as Error).message}). Nothing was changed.`, {
      cause: error,
    });
  }
}

/** Writes a JSON file atomically, for people to read. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
