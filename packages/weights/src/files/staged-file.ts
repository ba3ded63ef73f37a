import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is written and on the disk under a temporary name in the folder where it belongs. */
export interface StagedFile {
  /** Gives it its name, in place of whatever had it. */
  readonly commit: () => Promise<void>;
  /** Removes it, as if nothing had been written. */
  readonly discard: () => Promise<void>;
}

/**
 * Writes a file under a temporary name and syncs it to the disk; `path` itself is left alone until `commit`.
 *
 * @throws when it cannot be written; then the temporary file is gone
 */
export async function stageFile(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<StagedFile> {
  // A link stays a link: the file that it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => undefined);
  const folder = dirname(target);
  const temporary = join(folder, `.whereabouts-${randomUUID()}.tmp`);
  const discard = () => rm(temporary, { force: true });
  try {
    const file = await open(temporary, 'wx');
    try {
      if (old?.isFile()) await file.chmod(old.mode & 0o7777);
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard();
    throw await explain(path, folder, error);
  }
  const commit = async () => {
    try {
      await rename(temporary, target);
    } catch (error) {
      await discard();
      throw await explain(path, folder, error);
    }
    await syncFolder(folder);
  };
  return { commit, discard };
}

async function explain(path: string, folder: string, error: unknown): Promise<Error> {
  const hasFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const reason = hasFolder ? (error as Error).message : `there is no folder ${folder}; create it first`;
  return new Error(`${path} could not be written, and what was there before is untouched: ${reason}`, {
    cause: error,
  });
}

/** Makes a new name in a folder last through a loss of power, where the file system can promise that. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Windows and some network file systems cannot sync a folder; the file itself is whole.
    const cannot = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'];
    if (!cannot.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
