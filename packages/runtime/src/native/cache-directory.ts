import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where engines are kept, so that they outlive `node_modules`: `WHEREABOUTS_CACHE`, or else `whereabouts` in
 * `XDG_CACHE_HOME` or in `~/.cache`.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env.WHEREABOUTS_CACHE) return resolve(env.WHEREABOUTS_CACHE);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'whereabouts');
}
