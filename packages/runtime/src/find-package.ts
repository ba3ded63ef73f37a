import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** An npm package as found on this machine. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  /** Loads it, or another package that it can see, as CommonJS. */
  readonly require: NodeJS.Require;
}

/** Where packages are looked for: beside this package first, then in the project that the user works in. */
const places = (): string[] => [import.meta.url, join(process.cwd(), 'package.json')];

/**
 * Finds an npm package beside this one, or else in the project of the current folder.
 *
 * TensorFlow.js ships CommonJS for Node, so that `require` here and `import` elsewhere give one and the same module.
 */
export function findPackage(name: string): FoundPackage | undefined {
  return findPackages(name)[0];
}

/** All copies of a package that `findPackage` can see, each once. */
export function findPackages(name: string): FoundPackage[] {
  const found = places().flatMap((place) => findFrom(createRequire(place), name) ?? []);
  return found.filter(({ directory }, index) => found.findIndex((f) => f.directory === directory) === index);
}

/** Finds `name` as code in the package `from` would. */
export function findPackageFrom(from: FoundPackage, name: string): FoundPackage | undefined {
  return findFrom(from.require, name);
}

function findFrom(require: NodeJS.Require, name: string): FoundPackage | undefined {
  let manifest: string;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch {
    return undefined; // not installed there
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { name, version, directory: dirname(manifest), require: createRequire(manifest) };
}
