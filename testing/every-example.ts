import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ExampleBlock, exampleBlocks } from './example-blocks.js';
import { entryPoints, packages, readText, root } from './packages.js';
import { type PublicName, publicNames } from './public-names.js';

/** Every name that a package offers, once. */
export const offered: readonly PublicName[] = [
  ...new Map(
    [...entryPoints.values()].flatMap(publicNames).map((name) => [`${name.file}: ${name.name}`, name]),
  ).values(),
];

/** The blocks of a docstring's example. */
export function examplesOf({ docstring = '' }: PublicName): readonly ExampleBlock[] {
  return exampleBlocks(docstring.split(/^@example/m)[1] ?? '');
}

const documents = [
  'README.md',
  ...packages.map(({ folder }) => `packages/${folder}/README.md`),
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((file) => file.endsWith('.md') && existsSync(join(root, file)));

/** Every block of TypeScript that a reader may copy, with the place where it stands. */
export const everyExample: readonly (ExampleBlock & { readonly place: string })[] = [
  ...offered.map((name) => ({ place: `${name.file}: ${name.name}`, blocks: examplesOf(name) })),
  ...documents.map((file) => ({ place: file, blocks: exampleBlocks(readText(file)) })),
].flatMap(({ place, blocks }) =>
  blocks.map((block, index) => ({
    ...block,
    place: blocks.length === 1 ? place : `${place}, block ${index + 1}`,
  })),
);
