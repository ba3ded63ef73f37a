import { type FileHandle, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dictionary } from '../safetensors/dictionary.js';
import { requireLittleEndian } from '../safetensors/little-endian.js';
import type { Safetensors } from '../safetensors/parse-safetensors.js';
import { type StoredTensor, storedTensor } from '../safetensors/stored-tensor.js';
import { findSafetensors } from './find-safetensors.js';
import { readFully } from './read-fully.js';
import { readHeader, withFile } from './read-safetensors-header.js';
import { parseShardIndex } from './shard-index.js';

/**
 * Reads a safetensors file, a sharded one (by its index, or by the name that it was written under), or whichever of them a
 * folder holds.
 * Each tensor gets memory of its own; shards are read one after the other, and of their metadata the first that states a key
 * counts.
 *
 * @throws when there is no such file, when its format is broken anywhere (cut short included), when index and shards
 *   disagree, or when a folder holds several; the message says what was found and expected
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'weights-'));
 * const bias = { shape: [2], dtype: 'float32', values: Float32Array.of(1, 2) } as const;
 * await writeSafetensors(join(folder, 'model.safetensors'), { bias });
 * const { tensors } = await readSafetensors(folder);
 * tensors.bias?.shape; // => [2]
 * await rm(folder, { recursive: true });
 * ```
 */
export async function readSafetensors(path: string): Promise<Safetensors> {
  requireLittleEndian();
  const found = await findSafetensors(path);
  if (!found.endsWith('.index.json')) return readOne(found);
  const index = parseShardIndex(await readFile(found), found);
  let metadata: Safetensors['metadata'] = {};
  const tensors: [string, StoredTensor][] = [];
  for (const [shard, names] of index.shards) {
    const contents = await readShard(join(dirname(found), shard), names, found);
    metadata = { ...contents.metadata, ...metadata };
    for (const tensor of Object.entries(contents.tensors)) tensors.push(tensor);
  }
  return { metadata: dictionary(Object.entries(metadata)), tensors: dictionary(tensors) };
}

async function readShard(path: string, names: ReadonlySet<string>, index: string): Promise<Safetensors> {
  const contents = await readOne(path).catch((error: Error) => {
    throw new Error(`A shard that ${index} names cannot be read. ${error.message}`, { cause: error });
  });
  const missing = [...names].filter((name) => contents.tensors[name] === undefined);
  const unexpected = Object.keys(contents.tensors).filter((name) => !names.has(name));
  if (missing.length + unexpected.length > 0)
    throw new Error(
      `${path} and ${index} disagree: the shard lacks [${missing.join(', ')}] and has besides [${unexpected.join(', ')}].`,
    );
  return contents;
}

function readOne(path: string): Promise<Safetensors> {
  return withFile(path, (file) => readTensors(file, path));
}

async function readTensors(file: FileHandle, path: string): Promise<Safetensors> {
  const { header, dataStart } = await readHeader(file, path);
  const tensors: [string, StoredTensor][] = [];
  for (const { name, dtype, shape, begin, end } of header.entries) {
    const bytes = await readFully(file, dataStart + begin, end - begin, path);
    tensors.push([name, storedTensor(dtype, shape, bytes)]);
  }
  return { metadata: header.metadata, tensors: dictionary(tensors) };
}
