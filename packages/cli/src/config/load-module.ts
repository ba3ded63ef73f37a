import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { usageError } from '../command-line/usage-error.js';
import { defineConfig } from './define-config.js';
import { presets } from './presets.js';
import type { ConfigSource } from './read-yaml.js';

/**
 * Loads a config file that is a program, TypeScript or JavaScript, on every Node that this package runs on. It imports
 * `whereabouts` wherever that is installed, also when the command runs from elsewhere.
 *
 * @throws when it fails, or has no default export
 */
export async function loadModule(file: string): Promise<ConfigSource> {
  const jiti = createJiti(pathToFileURL(resolve(file)).href, {
    fsCache: false,
    interopDefault: false,
    virtualModules: { whereabouts: { defineConfig, presets } },
  });
  const loaded = await jiti.import<Record<string, unknown>>(resolve(file)).catch((error: Error) => {
    throw usageError(`${file} cannot be loaded: ${error.message}`);
  });
  if (loaded.default === undefined)
    throw usageError(
      `${file} has no default export. Expected is \`export default defineConfig({ ... })\`, with defineConfig of whereabouts.`,
    );
  return { value: loaded.default, place: () => ` (${file})` };
}
