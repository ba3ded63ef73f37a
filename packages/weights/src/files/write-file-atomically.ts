import { stageFile } from './staged-file.js';
import { writeFully } from './write-fully.js';

/**
 * Writes a file so that its name always leads to the old contents or to the new ones, whole: into a temporary file in the
 * same folder, synced to the disk, then renamed. A link is followed, and the permissions of the old file are kept.
 *
 * @param contents bytes, or text to be written as UTF-8
 * @throws when it cannot be written; what was there before is untouched, and nothing is left behind
 * @example
 * ```ts
 * import { mkdtemp, readFile, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeFileAtomically } from '@whereabouts/weights/files';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'weights-'));
 * await writeFileAtomically(join(folder, 'progress.json'), JSON.stringify({ step: 3 }));
 * await readFile(join(folder, 'progress.json'), 'utf8'); // => "{\"step\":3}"
 * await rm(folder, { recursive: true });
 * ```
 */
export async function writeFileAtomically(path: string, contents: Uint8Array | string): Promise<void> {
  const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
  const staged = await stageFile(path, (file) => writeFully(file, [bytes]));
  await staged.commit();
}
