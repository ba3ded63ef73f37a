import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly sideEffects?: boolean;
  readonly engines?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** One package of this repository. */
export interface Package {
  /** Of its folder in `packages`, such as `vit`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Source files by path from the root. */
  readonly sources: readonly string[];
  /** Tests, and what only they import (in a folder `testing`), by path from the root. */
  readonly tests: readonly string[];
}

/** Every package in `packages`. */
export const packages: readonly Package[] = readdirSync(join(root, 'packages'))
  .filter((folder) => existsSync(join(root, 'packages', folder, 'package.json')))
  .map((folder) => {
    const files = readdirSync(join(root, 'packages', folder, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => ['packages', folder, 'src', ...file.split(sep)].join('/'))
      .sort();
    const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);
    return {
      folder,
      manifest: JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest,
      sources: files.filter((file) => !isTest(file)),
      tests: files.filter(isTest),
    };
  });

/** What users import, such as `@whereabouts/vit`, with the file from the root that it means in this repository. */
export const entryPoints: ReadonlyMap<string, string> = new Map(
  packages.flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports).flatMap(([subpath, conditions]): [string, string][] => {
      const source = typeof conditions === 'string' ? undefined : conditions['@whereabouts/source'];
      if (source === undefined) return [];
      return [[join(manifest.name, subpath), join('packages', folder, source)]];
    }),
  ),
);

/** The text of a file, by path from the root. */
export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
