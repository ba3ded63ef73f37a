import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './sha256.js';

/** What a finished engine in the cache says of itself, in its `manifest.json`. */
export interface Manifest {
  readonly tensorflow: string;
  /** SHA-256 of the wheel that the libraries came from. */
  readonly wheel: string;
  readonly addon: string;
  readonly compiler: string;
  /** ISO 8601. */
  readonly built: string;
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

/** Writes the manifest of an engine whose files are all in place. */
export async function writeManifest(
  directory: string,
  facts: Omit<Manifest, 'files'>,
  files: readonly string[],
): Promise<void> {
  const entries = [];
  for (const file of files) {
    const path = join(directory, file);
    entries.push([file, { size: statSync(path).size, sha256: await sha256(path) }] as const);
  }
  const manifest: Manifest = { ...facts, files: Object.fromEntries(entries) };
  writeFileSync(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Reads an engine's manifest and compares the files' sizes with it, in a millisecond; or says what is wrong. */
export function readManifest(directory: string): Manifest | { readonly reason: string } {
  let manifest: Manifest;
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    if (!isManifest(parsed)) return { reason: 'its manifest.json is not one' };
    manifest = parsed;
  } catch (error) {
    return { reason: `its manifest.json cannot be read (${(error as Error).message})` };
  }
  for (const [file, { size }] of Object.entries(manifest.files)) {
    const found = statSync(join(directory, file), { throwIfNoEntry: false });
    if (found === undefined) return { reason: `${file} is missing` };
    if (found.size !== size) return { reason: `${file} has ${found.size} bytes instead of ${size}` };
  }
  return manifest;
}

/** Compares the files of an engine with the hashes in its manifest; about two seconds. Returns what is wrong. */
export async function damage(directory: string, manifest: Manifest): Promise<string | undefined> {
  for (const [file, expected] of Object.entries(manifest.files))
    if ((await sha256(join(directory, file))) !== expected.sha256)
      return `${file} is not what was written (SHA-256)`;
  return undefined;
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { files, ...facts } = value as Record<string, unknown>;
  const isText = (name: string) => typeof facts[name] === 'string';
  return (
    typeof files === 'object' &&
    files !== null &&
    Object.keys(files).length > 0 &&
    ['tensorflow', 'wheel', 'addon', 'compiler', 'built'].every(isText)
  );
}
