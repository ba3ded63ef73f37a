import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { usageError } from '../command-line/usage-error.js';
import { checkSettings } from '../config/check-settings.js';
import { readSettings } from '../config/read-settings.js';
import { statedSettings, withUnstatedSettings } from '../config/stated-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { readJson, writeJson } from './json-file.js';
import { type RunPaths, runPaths } from './run-paths.js';

/**
 * Refuses a folder that holds anything: a run is never written over another one.
 *
 * @throws when the folder holds a run, or other files
 */
export async function requireNewRun(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const found = await readdir(folder);
  if (found.length === 0) return;
  const remedy = found.includes('config.json')
    ? `already holds a run; go on with it by --resume ${folder}, or choose`
    : `holds other files (${found[0]}, ...); choose`;
  throw usageError(`${folder} ${remedy} another name with --experiment. Nothing was changed.`);
}

/** Makes a run folder with its `config.json`. */
export async function createRunFolder(folder: string, config: TrainingConfig): Promise<RunPaths> {
  await requireNewRun(folder);
  await mkdir(folder, { recursive: true });
  const paths = runPaths(folder);
  await writeJson(paths.config, statedSettings(config));
  return paths;
}

/**
 * Reads the configuration of an earlier run.
 *
 * @throws when the folder is no run folder, and when its `config.json` isn't what this version writes
 * @example
 * ```ts
 * import { readRunConfig } from 'whereabouts';
 *
 * const failure = await readRunConfig('nowhere').catch((error) => error.message);
 * failure; // => "nowhere is no run folder: it has no config.json."
 * ```
 */
export async function readRunConfig(folder: string): Promise<TrainingConfig> {
  const { config: path } = runPaths(folder);
  const stored = await readJson(path);
  if (stored === undefined) throw usageError(`${folder} is no run folder: it has no config.json.`);
  const { given, complaints } = readSettings(stored, { folder: '' });
  const stated = Object.fromEntries(given.map((setting) => [setting.path, setting.value]));
  const checked = checkSettings(withUnstatedSettings(stated), (name) => name);
  if ('config' in checked && complaints.length === 0) return checked.config;
  const wrong = [...complaints, ...('complaints' in checked ? checked.complaints : [])].join('\n');
  throw new Error(`${path} cannot be used. Nothing was changed.\n${wrong}`);
}
