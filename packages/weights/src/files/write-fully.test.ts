import type { FileHandle } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { writeFully } from './write-fully.js';

test('what the system does not take at once is written after', async () => {
  const taken: number[] = [];
  const write = async (chunk: Uint8Array, offset: number, length: number) => {
    const bytesWritten = Math.min(length, 3);
    taken.push(...chunk.subarray(offset, offset + bytesWritten));
    return { bytesWritten };
  };
  const file = { write } as unknown as FileHandle;
  await writeFully(file, [Uint8Array.of(1, 2, 3, 4, 5, 6, 7), Uint8Array.of(), Uint8Array.of(8)]);
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
