import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packages, readText, root } from './packages.js';

const vague = /^(utils?|helpers?|common|shared|misc)$/;
const words = (file: string) => basename(file).split('.')[0]?.split('-') ?? [];

describe.each(packages)('$folder', ({ folder, manifest, sources, tests }) => {
  const files = [...sources, ...tests];

  it('has no file above 300 lines', () => {
    const lines = files.map((file) => ({ file, count: readText(file).trimEnd().split('\n').length }));
    expect(lines.filter(({ count }) => count > 300).map(({ file, count }) => `${file}: ${count}`)).toEqual(
      [],
    );
  });

  it('has names in kebab-case that say what lies there', () => {
    const parts = files.flatMap((file) =>
      file
        .split('/')
        .slice(3)
        .map((name) => ({ file, name })),
    );
    const odd = parts.filter(
      ({ name }) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/.test(name) || words(name).some((word) => vague.test(word)),
    );
    expect(odd.map(({ file }) => file)).toEqual([]);
  });

  it('has an index that holds exports alone', () => {
    const file = `packages/${folder}/src/index.ts`;
    const { statements } = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest);
    expect(statements.filter((statement) => !ts.isExportDeclaration(statement))).toEqual([]);
  });

  it('has a README and a licence', () => {
    const missing = ['README.md', 'LICENSE'].filter(
      (name) => !existsSync(join(root, 'packages', folder, name)),
    );
    expect(missing).toEqual([]);
  });

  it('says in its manifest what users and bundlers must know', () => {
    expect(manifest).toMatchObject({ sideEffects: false, type: 'module', license: 'Apache-2.0' });
    expect(manifest.engines?.node).toBeDefined();
    for (const [subpath, conditions] of Object.entries(manifest.exports))
      if (subpath !== './package.json')
        expect(conditions, subpath).toMatchObject({
          types: expect.stringMatching(/^\.\/dist\/.+\.d\.ts$/),
          default: expect.stringMatching(/^\.\/dist\/.+\.js$/),
        });
  });
});
