import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serve } from '../../testing/serve.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { download } from './download.js';

const content = Buffer.from('0123456789');

/** Sends four bytes at a time, waits until they have arrived, and hangs up, like a bad line. */
const hangingUp =
  (honoursRange: boolean): RequestListener =>
  (request, response) => {
    const begin = honoursRange ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    response.writeHead(begin > 0 ? 206 : 200, { 'content-length': content.length - begin });
    response.write(content.subarray(begin, begin + 4), () => {
      if (begin + 4 >= content.length) response.end();
      else setTimeout(() => response.destroy(), 50);
    });
  };

async function fetched(answer: RequestListener): Promise<{ bytes: Buffer; log: string[] }> {
  const url = await serve(answer);
  const file = join(temporaryFolder(), 'file');
  const log: string[] = [];
  await download({ url, headers: {} }, file, content.length, (line) => log.push(line));
  return { bytes: readFileSync(file), log };
}

test('fetches a file', async () => {
  expect(await fetched((_, response) => response.end(content))).toEqual({ bytes: content, log: [] });
});

test('takes up a broken download where it stopped', async () => {
  const { bytes, log } = await fetched(hangingUp(true));
  expect(bytes).toEqual(content);
  expect(log[0]).toMatch(/^the download broke off after 0.0 MB of 0.0 MB: .+; taking it up again$/);
});

test('begins again with a server that knows no ranges, and gives up when that brings nothing new', async () => {
  await expect(fetched(hangingUp(false))).rejects.toThrow(/could not be fetched whole; it broke off after/);
});

test('notices a file that ends early without an error', async () => {
  await expect(fetched((_, response) => response.end('0123'))).rejects.toThrow(
    /the connection was closed early/,
  );
});

test('says what a server answers that refuses', async () => {
  await expect(fetched((_, response) => response.writeHead(403).end())).rejects.toThrow(
    /the server answers 403 Forbidden/,
  );
});
