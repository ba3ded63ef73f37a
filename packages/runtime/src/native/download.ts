import { createWriteStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { megabytes } from './amounts.js';
import { type Address, causeOf } from './package-index.js';

const patience = 60_000; // milliseconds without a byte
const idleAttempts = 3; // in a row that bring no new byte

/**
 * Fetches a large file. A connection that breaks off or falls silent is taken up again where it stopped, as long as
 * that brings the file forward.
 *
 * @param size of the whole file, bytes
 * @throws when three attempts in a row brought nothing new
 */
export async function download(
  address: Address,
  file: string,
  size: number,
  log: (line: string) => void,
): Promise<void> {
  let farthest = 0;
  let idle = 0;
  for (;;) {
    try {
      await fetchRest(address, file);
      if (lengthOf(file) < size) throw new Error('the connection was closed early');
      return;
    } catch (error) {
      const reached = lengthOf(file);
      if (reached >= size) return; // whole after all; its hash is compared next
      idle = reached > farthest ? 0 : idle + 1;
      farthest = Math.max(farthest, reached);
      const ending = `after ${megabytes(farthest)} of ${megabytes(size)}: ${causeOf(error)}`;
      if (idle === idleAttempts)
        throw new Error(`${address.url} could not be fetched whole; it broke off ${ending}.`);
      log(`the download broke off ${ending}; taking it up again`);
    }
  }
}

async function fetchRest({ url, headers }: Address, file: string): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(new Error('no answer')), patience);
  try {
    const have = lengthOf(file);
    const range = have > 0 ? { range: `bytes=${have}-` } : {};
    const response = await fetch(url, { headers: { ...headers, ...range }, signal: silence.signal });
    if (!response.ok || response.body === null)
      throw new Error(`the server answers ${response.status} ${response.statusText}`);
    const body = Readable.fromWeb(response.body as ReadableStream);
    body.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(new Error('no byte came for a minute')), patience);
    });
    await pipeline(body, createWriteStream(file, { flags: response.status === 206 ? 'a' : 'w' }));
  } finally {
    clearTimeout(timer);
  }
}

function lengthOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
