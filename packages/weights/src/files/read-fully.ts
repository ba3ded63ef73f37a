import type { FileHandle } from 'node:fs/promises';

/**
 * Reads `length` bytes from `position` into memory of their own.
 *
 * @throws when the file ends before
 */
export async function readFully(
  file: FileHandle,
  position: number,
  length: number,
  path: string,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let offset = 0; offset < length; ) {
    const wanted = Math.min(length - offset, LARGEST_READ);
    const { bytesRead } = await file.read(bytes, offset, wanted, position + offset);
    if (bytesRead === 0)
      throw new Error(
        `${path} became shorter while it was read: it ends at byte ${position + offset}, expected ${position + length}.`,
      );
    offset += bytesRead;
  }
  return bytes;
}

/** Bytes; far below what one system call gives at most. */
const LARGEST_READ = 2 ** 26;
