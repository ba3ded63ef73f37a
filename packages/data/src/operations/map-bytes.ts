import type { Picture } from '../picture.js';

/** `[3, 256]` uint8: what each byte of red, green and blue becomes. */
export type ByteTables = Uint8Array;

/** The same table for all three colours, computed for each byte; values are cut to 0 and 255, fractions dropped. */
export function sameTables(become: (byte: number) => number): ByteTables {
  const tables = new Uint8Array(3 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    const value = Math.min(255, Math.max(0, Math.trunc(become(byte))));
    tables[byte] = value;
    tables[256 + byte] = value;
    tables[512 + byte] = value;
  }
  return tables;
}

/** A picture whose bytes were looked up in tables. */
export function mapBytes({ width, height, pixels }: Picture, tables: ByteTables): Picture {
  const mapped = new Uint8Array(pixels.length);
  for (let index = 0; index < pixels.length; index += 3) {
    mapped[index] = tables[pixels[index] as number] as number;
    mapped[index + 1] = tables[256 + (pixels[index + 1] as number)] as number;
    mapped[index + 2] = tables[512 + (pixels[index + 2] as number)] as number;
  }
  return { width, height, pixels: mapped };
}
