import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HostTensor } from '@whereabouts/layers';
import { dictionary } from '../safetensors/dictionary.js';
import { layOut, type SerialiseOptions, storedBytes, type WritableTensors } from '../safetensors/layout.js';
import type { StoredTensor } from '../safetensors/stored-tensor.js';
import { encodeShardIndex } from './shard-index.js';
import { type StagedFile, stageFile } from './staged-file.js';
import { writeFully } from './write-fully.js';

/** How a file is written. */
export interface WriteOptions extends SerialiseOptions {
  /** Bytes of tensors in one file at most; a tensor larger than that gets a file of its own. One file unless given. */
  readonly maxShardBytes?: number;
}

/**
 * Writes a safetensors file so that its name always leads to the old contents or to the new ones, whole. With
 * `maxShardBytes`, and more tensors than fit, `model.safetensors` becomes `model-00001-of-00003.safetensors` and so on with
 * `model.safetensors.index.json`, which is written last.
 *
 * @returns the path to read it by: the file, or the index
 * @throws when a tensor cannot be written or the disk fails (what was there before is untouched, and nothing is left
 *   behind), or when a sharded file would take the place of one that exists
 * @source names and index as in Hugging Face's libraries; tensors in the order given, a new shard when the next one does not fit
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { basename, join } from 'node:path';
 * import { writeSafetensors } from '@whereabouts/weights/files';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'weights-'));
 * const tensor = { shape: [2], dtype: 'float32', values: Float32Array.of(1, 2) } as const;
 * const path = join(folder, 'model.safetensors');
 * basename(await writeSafetensors(path, { one: tensor, two: tensor }, { maxShardBytes: 8 })); // => "model.safetensors.index.json"
 * await rm(folder, { recursive: true });
 * ```
 */
export async function writeSafetensors(
  path: string,
  tensors: WritableTensors,
  options: WriteOptions = {},
): Promise<string> {
  const { maxShardBytes, ...layoutOptions } = options;
  const shards = maxShardBytes === undefined ? [] : split(tensors, maxShardBytes, layoutOptions);
  if (shards.length > 1) return writeShards(path, shards, layoutOptions);
  const staged = await stage(path, tensors, layoutOptions);
  await staged.commit();
  return path;
}

/** Some of the tensors, and the bytes that their values take. */
interface Shard {
  readonly tensors: [string, HostTensor | StoredTensor][];
  bytes: number;
}

function split(tensors: WritableTensors, maxShardBytes: number, options: SerialiseOptions): Shard[] {
  if (!(maxShardBytes > 0)) throw new Error(`maxShardBytes is ${maxShardBytes}, expected more than 0.`);
  const shards: Shard[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const bytes = storedBytes(name, tensor, options);
    const last = shards.at(-1);
    if (last !== undefined && last.bytes + bytes <= maxShardBytes) {
      last.tensors.push([name, tensor]);
      last.bytes += bytes;
    } else shards.push({ tensors: [[name, tensor]], bytes });
  }
  return shards;
}

async function writeShards(
  path: string,
  shards: readonly Shard[],
  options: SerialiseOptions,
): Promise<string> {
  if (!path.endsWith('.safetensors'))
    throw new Error(`${path} is the name of a sharded file, expected one that ends in .safetensors.`);
  const stem = path.slice(0, -'.safetensors'.length);
  const pad = (number: number) => String(number).padStart(5, '0');
  const shardPaths = shards.map((_, at) => `${stem}-${pad(at + 1)}-of-${pad(shards.length)}.safetensors`);
  const indexPath = `${path}.index.json`;
  for (const taken of [path, indexPath, ...shardPaths]) await requireAbsent(taken);
  const shardOf = shards.flatMap(({ tensors }, at) =>
    tensors.map(([name]) => [name, basename(shardPaths[at] ?? '')] as const),
  );
  const totalSize = shards.reduce((sum, { bytes }) => sum + bytes, 0);
  const index = new TextEncoder().encode(encodeShardIndex(shardOf, totalSize));
  const staged: StagedFile[] = [];
  try {
    for (const [at, { tensors }] of shards.entries())
      staged.push(await stage(shardPaths[at] ?? '', dictionary(tensors), options));
    staged.push(await stageFile(indexPath, (file) => writeFully(file, [index])));
    for (const file of staged) await file.commit();
  } catch (error) {
    for (const file of staged) await file.discard();
    // None of them was there before; what cannot be removed is not ours.
    for (const written of [...shardPaths, indexPath])
      await rm(written, { force: true }).catch(() => undefined);
    throw error;
  }
  return indexPath;
}

function stage(path: string, tensors: WritableTensors, options: SerialiseOptions): Promise<StagedFile> {
  return stageFile(path, async (file) => {
    const { header, data } = layOut(tensors, options);
    await writeFully(file, [header]);
    await writeFully(file, data());
  });
}

async function requireAbsent(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  // A crash between two renames would leave old and new shards mixed under one index.
  if (exists)
    throw new Error(
      `${path} exists, and a sharded file is not written over another: choose another folder, or delete it.`,
    );
}
