import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nearestName } from '../command-line/nearest-name.js';
import { usageError } from '../command-line/usage-error.js';
import { runPaths } from './run-paths.js';

/**
 * Finds the folder of a run.
 *
 * @param run path of the folder, or the name of one in `output` where that is given
 * @throws when there is neither, naming the nearest run in `output`
 */
export async function findRun(run: string, output?: string): Promise<string> {
  const places = output === undefined ? [run] : [run, join(output, run)];
  const holding = places.find(isRunFolder);
  if (holding !== undefined) return holding;
  for (const folder of places) if (await isFolder(folder)) return folder; // whose reader says what it lacks
  if (output === undefined) throw usageError(`There is no run ${run}.`);
  const names = await readdir(output).catch(() => []);
  const nearest = nearestName(run, names);
  throw usageError(
    `There is no run ${run}, neither as a folder nor in ${output}.${nearest === undefined ? '' : ` Did you mean ${join(output, nearest)}?`}`,
  );
}

/** Whether a folder holds a run; an exported model has a `config.json` too, but beside its weights. */
export function isRunFolder(folder: string): boolean {
  return existsSync(runPaths(folder).config) && !existsSync(join(folder, 'model.safetensors'));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
