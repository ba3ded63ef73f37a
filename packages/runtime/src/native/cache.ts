import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { damage, type Manifest, readManifest } from './manifest.js';

const day = 24 * 3600 * 1000;

/** An engine in the cache: whole, not there, or there and broken. */
export type CacheEntry =
  | { readonly state: 'whole'; readonly manifest: Manifest }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly reason: string };

/** Looks at an engine in the cache without reading its libraries. */
export function lookUp(directory: string): CacheEntry {
  if (!existsSync(directory)) return { state: 'missing' };
  const manifest = readManifest(directory);
  return 'reason' in manifest ? { state: 'broken', ...manifest } : { state: 'whole', manifest };
}

/** Looks at an engine in the cache and compares every byte with its manifest. */
export async function lookUpThoroughly(directory: string): Promise<CacheEntry> {
  const entry = lookUp(directory);
  if (entry.state !== 'whole') return entry;
  const reason = await damage(directory, entry.manifest);
  return reason === undefined ? entry : { state: 'broken', reason };
}

/** An empty folder beside `directory`, on the same disk, to build in; leftovers of builds that died go. */
export function beginEntry(directory: string): string {
  const parent = dirname(directory);
  mkdirSync(parent, { recursive: true });
  const prefix = `.${basename(directory)}.`;
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (name.startsWith(prefix) && status !== undefined && status.mtimeMs < Date.now() - day) remove(path);
  }
  const fresh = join(parent, `${prefix}${randomUUID()}`);
  mkdirSync(fresh);
  return fresh;
}

/**
 * Moves a finished folder to its place in one step. What was there goes if it is broken; if another process was
 * faster and its engine is whole, that one stays, and `built` is left to the caller.
 */
export function commitEntry(built: string, directory: string, replace: boolean): void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (existsSync(directory)) {
      if (!replace && lookUp(directory).state === 'whole') return;
      discardEntry(directory);
    }
    try {
      renameSync(built, directory);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error; // else another process was faster: look again
    }
  }
  throw new Error(`${directory} is being written by other processes; try again when they are done.`);
}

/** Takes an engine out of the cache; processes that have it loaded go on with it. */
export function discardEntry(directory: string): void {
  const aside = join(dirname(directory), `.${basename(directory)}.${randomUUID()}`);
  try {
    renameSync(directory, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // another process took it out
    throw error;
  }
  remove(aside);
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
