import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { usageError } from '../command-line/usage-error.js';
import { findRun, isRunFolder } from './find-run.js';
import { readRunConfig } from './run-folder.js';
import { runPaths } from './run-paths.js';

/** Which weights are meant, and where they lie. */
export interface FoundCheckpoint {
  /** Of the run. */
  readonly folder: string;
  readonly file: string;
}

/** The folder of the run that a checkpoint lies in; undefined where it lies elsewhere. */
export function runOfCheckpoint(file: string): string | undefined {
  return [dirname(dirname(file)), dirname(file)].find(isRunFolder);
}

/**
 * Finds the checkpoint that a word means: a file of a run, or the best or last one of a run folder.
 *
 * @param run a checkpoint in a run folder, a run folder, or the name of one in `output`
 * @throws when there is none
 */
export async function findCheckpoint(
  run: string,
  options: { readonly checkpoint: 'best' | 'last'; readonly output?: string },
): Promise<FoundCheckpoint> {
  const { checkpoint, output } = options;
  if (statSync(run, { throwIfNoEntry: false })?.isFile() === true) {
    const folder = runOfCheckpoint(run);
    if (folder === undefined)
      throw usageError(
        `${run} lies in no run folder: its model is described by the config.json of its run, so leave it there.`,
      );
    return { folder, file: run };
  }
  const folder = await findRun(run, output);
  const paths = runPaths(folder);
  const file = { best: paths.bestCheckpoint, last: paths.lastCheckpoint }[checkpoint];
  await readRunConfig(folder);
  if (!existsSync(file))
    throw new Error(`${folder} has no checkpoint "${checkpoint}" yet: there is no ${file}.`);
  return { folder, file };
}
