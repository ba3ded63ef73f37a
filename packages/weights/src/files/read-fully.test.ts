import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFully } from './read-fully.js';

test('what the system does not give at once is read after', async () => {
  const contents = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  const read = async (bytes: Uint8Array, offset: number, length: number, position: number) => {
    const bytesRead = Math.min(length, 3);
    bytes.set(contents.subarray(position, position + bytesRead), offset);
    return { bytesRead };
  };
  const file = { read } as unknown as FileHandle;
  expect(await readFully(file, 1, 8, 'model')).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
});

test('a file that ends too early is an error, not zeros', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weights-'));
  const path = join(folder, 'model');
  await writeFile(path, 'abcd');
  const file = await open(path);
  try {
    await expect(readFully(file, 2, 10, path)).rejects.toThrow(
      `${path} became shorter while it was read: it ends at byte 4, expected 12.`,
    );
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
});
