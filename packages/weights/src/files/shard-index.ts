import { isObject, parseStrictJson } from '../safetensors/strict-json.js';

/** Which tensors lie in which shard of a sharded file. */
export interface ShardIndex {
  /** Names of tensors by the file name of their shard, in the order of the file names. */
  readonly shards: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Parses a `*.safetensors.index.json`. Its `metadata` are not read: files in the wild state wrong sizes there.
 *
 * @throws when it is no such index, or names a shard outside its own folder
 */
export function parseShardIndex(bytes: Uint8Array, file: string): ShardIndex {
  const map = parseWeightMap(bytes, file);
  const shards = new Map<string, Set<string>>();
  for (const shard of [...new Set(Object.values(map))].sort()) {
    if (typeof shard !== 'string' || !/^[^/\\]+\.safetensors$/.test(shard))
      throw new Error(
        `${file} names the shard ${JSON.stringify(shard)}, expected a *.safetensors file in the same folder.`,
      );
    shards.set(shard, new Set());
  }
  for (const [name, shard] of Object.entries(map)) shards.get(shard as string)?.add(name);
  return { shards };
}

function parseWeightMap(bytes: Uint8Array, file: string): Record<string, unknown> {
  let index: unknown;
  try {
    index = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), () => true);
  } catch (error) {
    throw new Error(`${file} is damaged: ${(error as Error).message}.`, { cause: error });
  }
  if (!isObject(index) || !isObject(index.weight_map))
    throw new Error(`${file} is no index of a sharded file: it has no object weight_map.`);
  return index.weight_map;
}

/** The text of an index, as Hugging Face's libraries write it. */
export function encodeShardIndex(entries: readonly (readonly [string, string])[], totalSize: number): string {
  const index = { metadata: { total_size: totalSize }, weight_map: Object.fromEntries(entries) };
  return `${JSON.stringify(index, undefined, 2)}\n`;
}
