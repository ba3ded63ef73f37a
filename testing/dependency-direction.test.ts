import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, packageOf } from './imports-of.js';
import { packages } from './packages.js';

/** Arrows point down only: what each package may import of ours, by folder. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  layers: [],
  'patch-embedding': ['layers'],
  'position-labels': ['layers'],
  weights: ['layers'],
  runtime: ['layers'],
  data: ['layers'],
  report: ['layers'],
  tensorboard: [],
  xla: ['layers'],
  conformance: ['layers'],
  vit: ['layers', 'patch-embedding'],
  swin: ['layers', 'patch-embedding'],
  mae: ['layers', 'patch-embedding', 'vit', 'swin'],
  trainer: ['layers', 'weights', 'xla'], // checkpoints are safetensors, which `weights` writes
  cli: packages.map(({ folder }) => folder),
};

const folderOf = new Map(packages.map(({ folder, manifest }) => [manifest.name, folder]));
const isAllowed = (from: string, name: string): boolean => {
  const folder = folderOf.get(name);
  return folder === undefined || folder === from || (mayImport[from] ?? []).includes(folder);
};

describe.each(packages)('$folder', ({ folder, manifest, sources }) => {
  const declared = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
  const imports = sources.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));
  const ofPackages = imports.filter(({ specifier }) => !specifier.startsWith('.') && !isBuiltin(specifier));

  it('has its place in the house', () => {
    expect(Object.keys(mayImport)).toContain(folder);
  });

  it('imports only what lies below it', () => {
    const upward = ofPackages.filter(({ specifier }) => !isAllowed(folder, packageOf(specifier)));
    expect(upward.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('depends only on what lies below it', () => {
    expect(declared.filter((name) => !isAllowed(folder, name))).toEqual([]);
  });

  it('declares every package that it imports', () => {
    const strangers = ofPackages.filter(
      ({ specifier }) => ![...declared, manifest.name].includes(packageOf(specifier)),
    );
    expect(strangers.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('reaches no other package by a path', () => {
    const home = `packages/${folder}/`;
    const outside = imports.filter(
      ({ file, specifier }) =>
        specifier.startsWith('.') && !join(dirname(file), specifier).split('\\').join('/').startsWith(home),
    );
    expect(outside.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });
});
