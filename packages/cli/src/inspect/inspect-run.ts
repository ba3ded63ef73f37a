import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Given } from '../config/given.js';
import { readSettings } from '../config/read-settings.js';
import { resolveSettings } from '../config/resolve-config.js';
import { readEnvironment } from '../run/environment.js';
import { readJson } from '../run/json-file.js';
import { readRunConfig } from '../run/run-folder.js';
import { runPaths } from '../run/run-paths.js';
import { settingsByPath } from '../settings/settings.js';
import { inspectFile, numbersByPart } from './inspect-file.js';

/** What a run folder holds. */
export interface RunFolderFacts {
  readonly folder: string;
  /** Settings by path that are not what they are by default. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the data held, and where it ran; absent before the first step. */
  readonly environment?: Awaited<ReturnType<typeof readEnvironment>>;
  /** How it ended; absent until all steps are done. */
  readonly summary?: unknown;
  readonly checkpoints: readonly CheckpointFacts[];
}

/** What is said of one checkpoint. */
export interface CheckpointFacts {
  readonly file: string;
  /** Steps done. */
  readonly step: number | undefined;
  /** Numbers that the model learned. */
  readonly parameters: number;
}

/**
 * Tells what a run folder holds.
 *
 * @throws when the folder is no run folder
 */
export async function inspectRun(folder: string): Promise<RunFolderFacts> {
  const paths = runPaths(folder);
  const { given } = readSettings(await readRunConfig(folder), { folder: '' });
  const changed = given.filter((setting) => !isUsual(setting, given));
  const names = existsSync(paths.checkpoints) ? await readdir(paths.checkpoints) : [];
  const files = names.filter((name) => name.endsWith('.safetensors')).sort();
  const environment = await readEnvironment(paths.environment);
  const summary = await readJson(paths.summary);
  return {
    folder,
    settings: Object.fromEntries(changed.map(({ path, value }) => [path, value])),
    ...(environment === undefined ? {} : { environment }),
    ...(summary === undefined ? {} : { summary }),
    checkpoints: await Promise.all(files.map((name) => inspectCheckpoint(join(paths.checkpoints, name)))),
  };
}

/** Whether a setting is what it would be if it hadn't been given. */
function isUsual({ path, value }: Given, given: readonly Given[]): boolean {
  const usual = settingsByPath.get(path)?.default;
  if (usual !== undefined) return JSON.stringify(value) === JSON.stringify(usual);
  if (path === 'data.path') return false;
  try {
    const without = resolveSettings([given.filter((other) => other.path !== path)]);
    const same = readSettings(without, { folder: '' }).given.find((other) => other.path === path);
    return JSON.stringify(same?.value) === JSON.stringify(value);
  } catch {
    return false; // the others need it
  }
}

async function inspectCheckpoint(file: string): Promise<CheckpointFacts> {
  const { metadata, tensors } = await inspectFile(file);
  const { step }: { step?: number } = JSON.parse(metadata.progress ?? '{}');
  const model = numbersByPart(tensors).find(({ part }) => part === 'model');
  return { file, step, parameters: model?.numbers ?? 0 };
}
