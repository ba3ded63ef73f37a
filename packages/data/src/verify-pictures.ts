import { open } from 'node:fs/promises';
import { type PictureFacts, readFacts, readPicture, unreadable } from './picture-file.js';

const concurrency = 64;

/** The bytes that a whole file of a format ends with. */
const endings: Readonly<Record<string, Buffer>> = {
  jpeg: Buffer.from([0xff, 0xd9]),
  png: Buffer.from('0000000049454e44ae426082', 'hex'), // the IEND chunk
};

async function lastBytes(file: string, length: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw unreadable(file, 'it is empty');
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(length),
      0,
      length,
      Math.max(0, size - length),
    );
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function verify(file: string): Promise<PictureFacts> {
  const end = await lastBytes(file, 12);
  const facts = await readFacts(file);
  const ending = endings[facts.format];
  const isEnded = ending !== undefined && end.subarray(-ending.length).equals(ending);
  if (!isEnded) await readPicture(file); // perhaps cut short: decoding tells
  return facts;
}

/**
 * Reads the header of every picture and looks whether the file is cut short.
 *
 * @throws one error that lists every file that can't be read, and why
 */
export async function verifyPictures(files: readonly string[]): Promise<readonly PictureFacts[]> {
  const facts = new Array<PictureFacts>(files.length);
  const problems = new Map<number, string>();
  const numbered = files.entries();
  const work = async () => {
    for (const [index, file] of numbered) {
      try {
        facts[index] = await verify(file);
      } catch (reason) {
        problems.set(index, reason instanceof Error ? reason.message : String(reason));
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  if (problems.size > 0) {
    const list = [...problems].sort(([one], [other]) => one - other).map(([, problem]) => `  ${problem}`);
    throw new Error(
      `${problems.size} of ${files.length} pictures can't be read:\n${list.join('\n')}\n` +
        'Replace or delete these files, then start again.',
    );
  }
  return facts;
}
