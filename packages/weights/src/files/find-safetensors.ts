import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The safetensors file or index that a path means: the path itself, its index if only that exists, or what lies in the folder.
 *
 * @throws when a folder holds none, or several; the message lists them
 */
export async function findSafetensors(path: string): Promise<string> {
  const found = await stat(path).catch((error: Error) => error);
  if (found instanceof Error) {
    const index = `${path}.index.json`;
    if (await isFile(index)) return index;
    throw new Error(`${path} cannot be read: ${found.message}`, { cause: found });
  }
  if (!found.isDirectory()) return path;
  const names = (await readdir(path)).sort();
  const indexes = names.filter((name) => name.endsWith('.safetensors.index.json'));
  const shard = /-\d{5}-of-\d{5}\.safetensors$/;
  const files = names.filter((name) => name.endsWith('.safetensors') && !shard.test(name));
  const candidates = [...indexes, ...files];
  if (candidates.length === 0)
    throw new Error(
      `The folder ${path} holds no *.safetensors file and no *.safetensors.index.json; it holds ${names.join(', ') || 'nothing'}.`,
    );
  if (candidates.length > 1)
    throw new Error(
      `The folder ${path} holds several: ${candidates.join(', ')}. Give the path of the one that you mean.`,
    );
  return join(path, candidates[0] ?? '');
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
