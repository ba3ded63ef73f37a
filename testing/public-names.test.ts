import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './packages.js';
import { publicNames } from './public-names.js';

describe('publicNames', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-names-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return relative(root, join(folder, name));
  };

  it('finds what an index passes on, with its docstring, and whether it is a function', () => {
    write(
      'things.ts',
      `
      /** Adds. */
      export function add(a: number): number;
      export function add(a: string): string;
      export function add(a: never) { return a; }
      export const bare = () => 1;
      /** A limit. */
      export const limit = 3;
      /** A shape. */
      export interface Shape { readonly sides: number }
      export function hidden() {}
      function local() {}
      `,
    );
    const index = write('index.ts', "export { add, bare, limit as bound, type Shape } from './things.js';");
    expect(publicNames(index).map(({ name, kind, docstring }) => [name, kind, docstring])).toEqual([
      ['add', 'function', 'Adds.'],
      ['bare', 'function', undefined],
      ['bound', 'value', 'A limit.'],
      ['Shape', 'type', 'A shape.'],
    ]);
  });

  it('says when an index passes on what is not there', () => {
    write('empty.ts', 'export const other = 1;');
    const index = write('broken.ts', "export { thing } from './empty.js';");
    expect(() => publicNames(index)).toThrow(/exports thing, which .*empty\.ts does not declare/);
  });
});
