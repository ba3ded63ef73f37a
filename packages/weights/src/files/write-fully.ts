import type { FileHandle } from 'node:fs/promises';

/** Writes chunks one after the other; the system may take only a part of one at a time. */
export async function writeFully(file: FileHandle, chunks: Iterable<Uint8Array>): Promise<void> {
  for (const chunk of chunks) {
    for (let offset = 0; offset < chunk.byteLength; ) {
      const length = Math.min(chunk.byteLength - offset, LARGEST_WRITE);
      offset += (await file.write(chunk, offset, length)).bytesWritten;
    }
  }
}

/** Bytes; far below what one system call takes at most. */
const LARGEST_WRITE = 2 ** 26;
