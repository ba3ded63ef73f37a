import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { usageError } from '../command-line/usage-error.js';
import type { Given } from './given.js';
import { isObject, readSettings } from './read-settings.js';
import type { ConfigSource } from './read-yaml.js';

/** What a config file asks for. */
export interface ConfigFile {
  /** The preset that it builds on, not checked yet, and what to call it. */
  readonly preset: { readonly value: unknown; readonly name: string };
  readonly given: readonly Given[];
}

const readers: Readonly<Record<string, (file: string) => Promise<ConfigSource>>> = {
  ...Object.fromEntries(['.yaml', '.yml', '.json'].map((extension) => [extension, readText])),
  ...Object.fromEntries(['.ts', '.mts', '.js', '.mjs'].map((extension) => [extension, loadProgram])),
};

/**
 * Reads a config file. What names a file in it is meant from the folder of the config file.
 *
 * @throws when it isn't there, can't be read, or has settings that there aren't: one line for each, with its line
 */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  const reader = readers[extname(file).toLowerCase()];
  if (reader === undefined)
    throw usageError(`${file} is no config file: expected is a name that ends in ${listed}.`);
  const { value, place } = await reader(file);
  const { preset, ...settings }: { preset?: unknown } = isObject(value) ? value : {};
  const { given, complaints } = readSettings(settings, { folder: dirname(resolve(file)), place });
  const empty = isObject(value) ? [] : [`${file} holds no settings, but ${JSON.stringify(value)}.`];
  if (complaints.length + empty.length > 0) throw usageError([...empty, ...complaints].join('\n'));
  return { preset: { value: preset, name: `preset${place(['preset'])}` }, given };
}

const listed = Object.keys(readers).join(', ');

async function readText(file: string): Promise<ConfigSource> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError(
      error.code === 'ENOENT'
        ? `There is no config file ${file}.`
        : `${file} can't be read: ${error.message}`,
    );
  });
  const { readYaml } = await import('./read-yaml.js');
  return readYaml(text, file);
}

async function loadProgram(file: string): Promise<ConfigSource> {
  const { loadModule } = await import('./load-module.js');
  return loadModule(file);
}
