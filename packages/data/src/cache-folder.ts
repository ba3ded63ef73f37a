import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what can be made again is kept: `$WHEREABOUTS_CACHE`, `$XDG_CACHE_HOME/whereabouts` or `~/.cache/whereabouts`. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  if (environment.WHEREABOUTS_CACHE) return environment.WHEREABOUTS_CACHE;
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'whereabouts');
}
