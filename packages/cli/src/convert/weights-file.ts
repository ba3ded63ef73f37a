import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCheckpoint } from '../run/find-checkpoint.js';
import { isRunFolder } from '../run/find-run.js';

/** The file of weights that a path means: the best checkpoint of a run folder, the weights of an exported one, or itself. */
export async function weightsFileOf(path: string): Promise<string> {
  const exported = join(path, 'model.safetensors');
  if (existsSync(exported)) return exported;
  return isRunFolder(path) ? (await findCheckpoint(path, { checkpoint: 'best' })).file : path;
}
