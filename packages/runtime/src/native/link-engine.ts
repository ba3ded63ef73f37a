import { existsSync, lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FoundPackage } from '../find-package.js';
import { addonPath } from './engine.js';

/**
 * Links an engine of the cache into the folder of tfjs-node-gpu, so that a plain `require` of it works. It adds or
 * renews one symbolic link, `lib`, and writes through nothing: files in `node_modules` may be shared with other projects.
 *
 * @throws when something else lies in that place, or the folder cannot be written
 */
export function linkEngine(directory: string, addon: FoundPackage): void {
  const link = linkOf(addon);
  const target = join(directory, 'lib');
  refuseForeignLibrary(addon);
  const isThere = lstatSync(link, { throwIfNoEntry: false }) !== undefined;
  if (isThere && resolve(addon.directory, readlinkSync(link)) === target) return;
  const fresh = `${link}.${process.pid}`;
  try {
    rmSync(fresh, { force: true });
    symlinkSync(target, fresh, 'dir');
    renameSync(fresh, link); // also when another process has just linked it
  } catch (error) {
    throw new Error(
      `The native engine could not be linked into ${addon.directory} (${(error as Error).message}); make that folder writable.`,
    );
  }
}

/** Throws when what lies in the link's place is no link, and so not ours to replace. */
export function refuseForeignLibrary(addon: FoundPackage): void {
  const status = lstatSync(linkOf(addon), { throwIfNoEntry: false });
  if (status !== undefined && !status.isSymbolicLink())
    throw new Error(
      `${linkOf(addon)} is a folder that whereabouts did not make, and no working engine is in it; delete it and try again.`,
    );
}

function linkOf(addon: FoundPackage): string {
  return join(addon.directory, 'lib');
}

/** Whether the addon is in place in the folder of tfjs-node-gpu, whoever put it there. */
export function isLinked(addon: FoundPackage, napi: number): boolean {
  return existsSync(addonPath(addon.directory, napi));
}
