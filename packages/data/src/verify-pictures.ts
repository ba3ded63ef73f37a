import { open } from 'node:fs/promises';
import { type PictureFacts, readFacts, readPicture, unreadable } from './picture-file.js';

const concurrency = 64;

/** The bytes that a whole file of a format ends with. */
const endings: Readonly<Record<string, Buffer>> = {
  jpeg: Buffer.from([0xff, 0xd9]),
  png: Buffer.from('0000000049454e44ae426082', 'hex'), // the IEND chunk
};

/** What was found out about picture files. */
export interface VerifiedPictures {
  /** `[length]`: each file's header; undefined where it can't be read. */
  readonly facts: readonly (PictureFacts | undefined)[];
  /** A sentence for each file that can't be read, which begins with its path. */
  readonly problems: readonly string[];
}

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

async function verify(path: string, pixelLimit: number): Promise<PictureFacts> {
  const end = await lastBytes(path, 12);
  const facts = await readFacts(path, pixelLimit);
  const ending = endings[facts.format];
  const isEnded = ending !== undefined && end.subarray(-ending.length).equals(ending);
  if (!isEnded) await readPicture({ path, facts, pixelLimit }); // perhaps cut short: decoding tells
  return facts;
}

/**
 * Reads the header of every picture and looks whether the file is cut short.
 *
 * @param limits.unreadable files that may be unreadable
 * @throws when there are more: one error that lists all of them, and why
 */
export async function verifyPictures(
  files: readonly string[],
  limits: { readonly pixels: number; readonly unreadable: number },
): Promise<VerifiedPictures> {
  const facts = new Array<PictureFacts | undefined>(files.length).fill(undefined);
  const found = new Map<number, string>();
  const numbered = files.entries();
  const work = async () => {
    for (const [index, file] of numbered) {
      try {
        facts[index] = await verify(file, limits.pixels);
      } catch (reason) {
        found.set(index, reason instanceof Error ? reason.message : String(reason));
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const problems = [...found].sort(([one], [other]) => one - other).map(([, problem]) => problem);
  if (problems.length > limits.unreadable)
    throw new Error(
      `${problems.length} of ${files.length} pictures can't be read:\n${problems.map((problem) => `  ${problem}`).join('\n')}\n` +
        `Replace or delete these files, then start again; or leave them out with unreadable: { limit: ${problems.length} }.`,
    );
  return { facts, problems };
}
