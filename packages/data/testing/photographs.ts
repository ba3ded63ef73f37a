import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** A soft picture with a pattern of its own for every number. */
function pattern(number: number, width: number, height: number) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const [row, column] = [Math.floor(index / 3 / width), Math.floor(index / 3) % width];
    return 127 + 60 * Math.sin(column / (5 + number) + (index % 3)) + 60 * Math.cos(row / 7 + number);
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Files of pictures, large ones (300 x 200 pixels, JPEG) and small ones (60 x 50, PNG) in turn. */
export async function photographs(count: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-photographs-'));
  const files: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const isLarge = number % 2 === 0;
    const file = join(folder, `${number}.${isLarge ? 'jpg' : 'png'}`);
    const picture = isLarge ? pattern(number, 300, 200).jpeg() : pattern(number, 60, 50).png();
    writeFileSync(file, await picture.toBuffer());
    files.push(file);
  }
  return files;
}
