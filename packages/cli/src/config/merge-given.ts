import { settingsByPath } from '../settings/settings.js';
import type { Given } from './given.js';

/** The settings of several sources, by path; a later source counts more, and so does what comes later in a source. */
export function mergeGiven(sources: readonly (readonly Given[])[]): ReadonlyMap<string, Given> {
  const merged = new Map<string, Given>();
  for (const source of sources) {
    for (const { path } of source)
      for (const other of settingsByPath.get(path)?.replaces ?? []) merged.delete(other);
    for (const given of source) merged.set(given.path, given);
  }
  return merged;
}
