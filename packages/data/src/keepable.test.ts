import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stream } from '@whereabouts/layers';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { evaluationView } from './evaluation-view.js';
import { isKeepable, readFacts, readPicture, readPictureView } from './picture-file.js';
import { randomResizedCrop } from './random-resized-crop.js';
import { render } from './render.js';

const folder = mkdtempSync(join(tmpdir(), 'whereabouts-keepable-'));
const imageSize = { width: 64, height: 64 };
const window = { left: 0, top: 0, ...imageSize };

async function save(name: string, picture: Sharp): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await picture.toBuffer());
  return file;
}

/** A picture with something everywhere, of that many channels. */
function busy(channels: 1 | 3 | 4, width = 400, height = 300): Sharp {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, index) => {
    const [row, column] = [Math.floor(index / channels / width), Math.floor(index / channels) % width];
    return 127 + 70 * Math.sin(column / 9 + (index % channels)) + 50 * Math.cos(row / 5);
  });
  return sharp(pixels, { raw: { width, height, channels } });
}

const keepable: Readonly<Record<string, () => Sharp>> = {
  'colour.jpg': () => busy(3).jpeg(),
  'turned.jpg': () => busy(3).withMetadata({ orientation: 6 }).jpeg(),
  'mirrored.jpg': () => busy(3).withMetadata({ orientation: 5 }).jpeg(),
  'full-colour.jpg': () => busy(3).jpeg({ chromaSubsampling: '4:4:4' }),
  'progressive.jpg': () => busy(3).jpeg({ progressive: true }),
  'grey.jpg': () => busy(1).toColourspace('b-w').jpeg(),
  'colour.png': () => busy(3).png(),
  'palette.png': () => busy(3).png({ palette: true }),
  'colour.webp': () => busy(3).webp(),
};

describe('a picture that is keepable', () => {
  it.each(Object.entries(keepable))(
    'gives the same views from memory, bit for bit: %s',
    async (name, make) => {
      const path = await save(name, make());
      const facts = await readFacts(path);
      expect(isKeepable(facts)).toBe(true);
      const picture = await readPicture({ path });
      const random = stream(2, name);
      const crops = Array.from({ length: 6 }, () =>
        randomResizedCrop(facts, [0.08, 1], [3 / 4, 4 / 3], random),
      );
      const views = (['bicubic', 'bilinear'] as const).flatMap((interpolation) => [
        evaluationView(facts, imageSize, 0.875, interpolation),
        ...crops.map((crop) => ({ crop, size: imageSize, window, interpolation })),
      ]);
      for (const view of views) {
        const decoded = (await readPictureView({ path }, () => view)).view;
        const kept = await render(picture, view);
        expect(Buffer.compare(decoded.pixels, kept.pixels)).toBe(0);
      }
    },
  );
});

it('a picture that is converted on the way or large is not keepable', async () => {
  const others = [
    await save('alpha.png', busy(4).png()),
    await save('deep.png', busy(3).toColourspace('rgb16').png()),
    await save('inks.jpg', busy(3).toColourspace('cmyk').jpeg()),
    await save('large.jpg', busy(3, 1200, 900).jpeg()),
  ];
  for (const file of others) {
    const facts = await readFacts(file);
    expect(isKeepable(facts), file).toBe(false);
    expect(isKeepable({ ...facts, width: 100, height: 100 })).toBe(true); // small ones are always decoded whole
  }
});
