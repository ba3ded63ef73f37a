import type { Picture } from '../picture.js';
import { type ByteTables, mapBytes } from './map-bytes.js';

/** `[3, 256]` int32: how often each byte of each colour occurs. */
function histogram({ pixels }: Picture): Int32Array {
  const counts = new Int32Array(3 * 256);
  for (let index = 0; index < pixels.length; index += 3) {
    const red = pixels[index] as number;
    const green = 256 + (pixels[index + 1] as number);
    const blue = 512 + (pixels[index + 2] as number);
    counts[red] = (counts[red] as number) + 1;
    counts[green] = (counts[green] as number) + 1;
    counts[blue] = (counts[blue] as number) + 1;
  }
  return counts;
}

/** Looks every colour up in a table that is made from its own histogram. */
function mapByHistogram(
  picture: Picture,
  tableOf: (counts: Int32Array) => (byte: number) => number,
): Picture {
  const counts = histogram(picture);
  const tables: ByteTables = new Uint8Array(3 * 256);
  for (let start = 0; start < counts.length; start += 256) {
    const become = tableOf(counts.subarray(start, start + 256));
    for (let byte = 0; byte < 256; byte += 1)
      tables[start + byte] = Math.min(255, Math.max(0, Math.trunc(become(byte))));
  }
  return mapBytes(picture, tables);
}

const unchanged = (byte: number) => byte;

/** Stretches each colour so that its least byte becomes 0 and its greatest 255. @source Pillow, `ImageOps.autocontrast` */
export function autoContrast(picture: Picture): Picture {
  return mapByHistogram(picture, (counts) => {
    const low = counts.findIndex((count) => count > 0);
    const high = counts.findLastIndex((count) => count > 0);
    if (high <= low) return unchanged;
    const scale = 255 / (high - low);
    const offset = -low * scale;
    return (byte) => byte * scale + offset;
  });
}

/** Makes the bytes of each colour about equally frequent. @source Pillow, `ImageOps.equalize` */
export function equalise(picture: Picture): Picture {
  return mapByHistogram(picture, (counts) => {
    const last = counts.findLast((count) => count > 0) ?? 0;
    const total = picture.width * picture.height;
    const step = Math.floor((total - last) / 255);
    if (step === 0) return unchanged;
    let below = Math.floor(step / 2);
    return (byte) => {
      const level = Math.floor(below / step);
      below += counts[byte] as number;
      return level;
    };
  });
}
