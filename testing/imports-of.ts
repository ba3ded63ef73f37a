import ts from 'typescript';
import { readText } from './packages.js';

/** What a source file imports or passes on, types included, dynamic imports too: specifiers as written. */
export function importsOf(file: string): readonly string[] {
  return ts.preProcessFile(readText(file), true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The package of a specifier: `@whereabouts/data` for `@whereabouts/data/node`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
