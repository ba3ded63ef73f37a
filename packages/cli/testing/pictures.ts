import { mkdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stream } from '@whereabouts/layers';
import sharp from 'sharp';

/** An empty folder of its own for a test. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'whereabouts-cli-'));
}

/** Writes `count` pictures of 16 x 16 px per class: a colour of the class with noise, lighter towards the right. */
export async function writePictures(
  folder: string,
  classes: readonly string[],
  count: number,
): Promise<void> {
  for (const [label, name] of classes.entries()) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let number = 0; number < count; number += 1) {
      const random = stream(0, name, number);
      const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, (_, index) => {
        const own = index % 3 === label % 3 ? 120 : 20;
        return own + 4 * (Math.floor(index / 3) % 16) + random.integer(60);
      });
      await sharp(pixels, { raw: { width: 16, height: 16, channels: 3 } })
        .png()
        .toFile(join(folder, name, `${number}.png`));
    }
  }
}
