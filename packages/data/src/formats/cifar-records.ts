import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Pixels of a side. */
export const side = 32;

const area = side * side;
const pictureLength = area * 3;

/** Some of CIFAR's pictures. */
export interface CifarRecords {
  /** `[length]` uint8. */
  readonly labels: Uint8Array;
  /** `[length, 32, 32, 3]` uint8, in memory that threads share. */
  readonly pixels: Uint8Array;
}

/** How CIFAR's records lie in their files. */
export interface CifarLayout {
  /** Bytes before the pixels of each picture, each a label. */
  readonly labelBytes: number;
  /** Which of them is the label. */
  readonly labelByte: number;
  readonly classes: number;
}

const grouped = (count: number) => count.toLocaleString('en-GB');

async function readExactly(file: string, records: number, recordLength: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const expected = records * recordLength;
    if (size !== expected)
      throw new Error(
        `${file} has ${grouped(size)} bytes instead of ${grouped(expected)} ` +
          `(${grouped(records)} pictures of ${grouped(recordLength)} bytes): it is ${size < expected ? 'cut short' : 'another file'}. ` +
          'Download and unpack it again.',
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/**
 * Reads files of CIFAR's binary layout, one after the other: for each picture its labels, then all of its red, its green and
 * its blue pixels.
 *
 * @throws when a file is missing, has another length than it must, or holds a label that isn't one
 */
export async function readCifarRecords(
  folder: string,
  names: readonly string[],
  recordsPerFile: number,
  { labelBytes, labelByte, classes }: CifarLayout,
): Promise<CifarRecords> {
  const recordLength = labelBytes + pictureLength;
  const labels = new Uint8Array(names.length * recordsPerFile);
  const pixels = new Uint8Array(new SharedArrayBuffer(labels.length * pictureLength));
  let index = 0;
  for (const name of names) {
    const file = join(folder, name);
    const bytes = await readExactly(file, recordsPerFile, recordLength);
    for (let record = 0; record < recordsPerFile; record += 1, index += 1) {
      const start = record * recordLength;
      const label = bytes[start + labelByte] as number;
      if (label >= classes)
        throw new Error(
          `Picture ${record} of ${file} has the label ${label}, but there are ${classes} classes: the file is damaged. ` +
            'Download and unpack it again.',
        );
      labels[index] = label;
      let target = index * pictureLength;
      for (let pixel = start + labelBytes; pixel < start + labelBytes + area; pixel += 1) {
        pixels[target] = bytes[pixel] as number;
        pixels[target + 1] = bytes[pixel + area] as number;
        pixels[target + 2] = bytes[pixel + 2 * area] as number;
        target += 3;
      }
    }
  }
  return { labels, pixels };
}
