import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Split } from '../src/split.js';

const grey = sharp({
  create: { width: 40, height: 30, channels: 3, background: { r: 90, g: 90, b: 90 } },
});

/** A grey picture of 40 x 30 pixels, in two formats. */
export const png = await grey.png().toBuffer();
export const jpeg = await grey.jpeg().toBuffer();

const isPng = /\.png$/i;
const isFolder = /\/$/;

/** A new temporary folder with these files and folders (`name/`): pictures by their extension, unless a content is given. */
export function pictureFolder(
  names: readonly string[],
  contents: Readonly<Record<string, string | Buffer>> = {},
): string {
  const root = mkdtempSync(join(tmpdir(), 'whereabouts-pictures-'));
  for (const name of [...names, ...Object.keys(contents)]) {
    mkdirSync(join(root, isFolder.test(name) ? name : dirname(name)), { recursive: true });
    if (!isFolder.test(name))
      writeFileSync(join(root, name), contents[name] ?? (isPng.test(name) ? png : jpeg));
  }
  return root;
}

/** `path/0.png` and so on. */
export function numbered(path: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${path}/${index}.png`);
}

/** The files of a split, relative to `root`. */
export function filesOf(split: Split, root: string): string[] {
  return Array.from({ length: split.length }, (_, index) => split.describe(index).slice(root.length + 1));
}
