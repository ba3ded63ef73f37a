import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** Photographs of one size in a folder of their own. */
export interface Photographs {
  readonly files: readonly string[];
  /** Mean size of a file. */
  readonly bytes: number;
  readonly remove: () => void;
}

const isPicture = /\.(jpe?g|png|webp)$/i;

/**
 * Makes JPEGs of 640 x 480 pixels, quality 90, of all pictures in a folder and in deeper ones: the same files every time.
 *
 * @throws when there are none
 */
export async function photographs(source: string): Promise<Photographs> {
  const found = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => isPicture.test(name))
    .sort();
  if (found.length === 0) throw new Error(`There are no pictures in ${source}.`);
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-photographs-'));
  const files: string[] = [];
  let bytes = 0;
  for (const [number, name] of found.entries()) {
    const jpeg = await sharp(join(source, name))
      .autoOrient()
      .resize(640, 480, { fit: 'cover' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .jpeg({ quality: 90 })
      .toBuffer();
    files.push(join(folder, `${number}.jpg`));
    writeFileSync(files.at(-1) as string, jpeg);
    bytes += jpeg.length / found.length;
  }
  return { files, bytes, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
