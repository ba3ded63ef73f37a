import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dictionary } from '../safetensors/dictionary.js';
import { type Header, LENGTH_BYTES, parseHeader, readHeaderLength } from '../safetensors/parse-header.js';
import type { Dtype } from '../safetensors/stored-tensor.js';
import { findSafetensors } from './find-safetensors.js';
import { readFully } from './read-fully.js';
import { parseShardIndex } from './shard-index.js';

/** What a safetensors file says about its tensors. */
export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the order in which they lie in the file. */
  readonly tensors: Readonly<Record<string, { readonly dtype: Dtype; readonly shape: readonly number[] }>>;
}

/**
 * Reads which tensors a safetensors file holds, without their values: quick for files of any size. Takes what
 * `readSafetensors` takes.
 *
 * @throws when there is no such file, its header is damaged, or its size is not what the header promises
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readSafetensorsHeader, writeSafetensors } from '@whereabouts/weights/files';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'weights-'));
 * const bias = { shape: [2], dtype: 'float32', values: Float32Array.of(1, 2) } as const;
 * await writeSafetensors(join(folder, 'model.safetensors'), { bias });
 * (await readSafetensorsHeader(folder)).tensors; // => { "bias": { "dtype": "F32", "shape": [2] } }
 * await rm(folder, { recursive: true });
 * ```
 */
export async function readSafetensorsHeader(path: string): Promise<SafetensorsHeader> {
  const found = await findSafetensors(path);
  const shards = found.endsWith('.index.json')
    ? [...parseShardIndex(await readFile(found), found).shards.keys()].map((name) =>
        join(dirname(found), name),
      )
    : [found];
  const headers: Header[] = [];
  for (const shard of shards)
    headers.push(await withFile(shard, async (file) => (await readHeader(file, shard)).header));
  const facts = headers.flatMap(({ entries }) =>
    entries.map(({ name, dtype, shape }): [string, { dtype: Dtype; shape: readonly number[] }] => [
      name,
      { dtype, shape },
    ]),
  );
  const metadata = [...headers].reverse().flatMap(({ metadata }) => Object.entries(metadata)); // the first counts
  return { metadata: dictionary(metadata), tensors: dictionary(facts) };
}

/** Opens a file for reading, and closes it whatever happens. */
export async function withFile<Result>(
  path: string,
  read: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw new Error(`${path} cannot be opened: ${error.message}`, { cause: error });
  });
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

/** The header of an open file, and the byte at which its data begins. */
export async function readHeader(
  file: FileHandle,
  path: string,
): Promise<{ header: Header; dataStart: number }> {
  const { size } = await file.stat();
  const first = await readFully(file, 0, Math.min(LENGTH_BYTES, size), path);
  const length = readHeaderLength(first, size, path);
  const header = parseHeader(await readFully(file, LENGTH_BYTES, length, path), size, path);
  return { header, dataStart: LENGTH_BYTES + length };
}
