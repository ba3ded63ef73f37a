import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluationView } from './evaluation-view.js';
import type { Picture, Size } from './picture.js';
import { readFacts, readPicture, readPictureView } from './picture-file.js';
import { render } from './render.js';
import type { View } from './view.js';

const folder = mkdtempSync(join(tmpdir(), 'whereabouts-pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function save(name: string, picture: Sharp): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await picture.toBuffer());
  return file;
}

/** A picture of one colour. */
const plain = (bytes: readonly number[], width = 6, height = 4) =>
  sharp(Buffer.from(Array.from({ length: width * height }, () => bytes).flat()), {
    raw: { width, height, channels: bytes.length as 1 | 2 | 3 | 4 },
  });

/** A smooth picture: red rises to the right, green downwards. */
const slope = (width: number, height: number) =>
  sharp(
    Buffer.from(
      Array.from({ length: width * height }, (_, pixel) => [
        Math.floor(((pixel % width) * 255) / width),
        Math.floor((Math.floor(pixel / width) * 255) / height),
        60,
      ]).flat(),
    ),
    { raw: { width, height, channels: 3 } },
  );

/** The whole picture as it is. */
const whole = (size: Size): View => {
  const everything = { left: 0, top: 0, width: size.width, height: size.height };
  return { crop: everything, size: everything, window: everything, interpolation: 'bicubic' };
};

const first = ({ pixels }: Picture) => Array.from(pixels.slice(0, 3));
const difference = (one: Picture, other: Picture) => {
  expect([one.width, one.height, one.pixels.length]).toEqual([
    other.width,
    other.height,
    other.pixels.length,
  ]);
  let sum = 0;
  for (let index = 0; index < one.pixels.length; index += 1)
    sum += Math.abs((one.pixels[index] ?? 0) - (other.pixels[index] ?? 0));
  return sum / one.pixels.length;
};

describe('readPicture', () => {
  it('reads JPEG, PNG and WebP', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const file = await save(`plain.${format}`, plain([200, 100, 50]).toFormat(format, { quality: 100 }));
      const picture = await readPicture({ path: file });
      expect([picture.width, picture.height, picture.pixels.length]).toEqual([6, 4, 72]);
      first(picture).forEach((byte, colour) => {
        expect(Math.abs(byte - ([200, 100, 50][colour] ?? 0))).toBeLessThanOrEqual(3); // lossy
      });
    }
  });

  it('shows what is transparent over white', async () => {
    const read = async (bytes: readonly number[]) =>
      first(await readPicture({ path: await save('rgba.png', plain(bytes).png()) }));
    expect(await read([200, 50, 10, 0])).toEqual([255, 255, 255]);
    expect(await read([200, 50, 10, 255])).toEqual([200, 50, 10]);
    expect(await read([200, 50, 10, 51])).toEqual([244, 214, 206]); // a fifth of it, the rest white
  });

  it('ignores colour profiles', async () => {
    const wide = await save('wide.png', plain([200, 50, 10]).withIccProfile('p3').png());
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(first(await readPicture({ path: wide }))).toEqual(Array.from(stored.subarray(0, 3)));
    expect(first(await readPicture({ path: wide }))).not.toEqual([200, 50, 10]);
  });

  it('names a file that is no picture, is cut short or is missing', async () => {
    const text = join(folder, 'text.jpg');
    writeFileSync(text, 'This is a text.\n');
    await expect(readPicture({ path: text })).rejects.toThrow(
      `${text} can't be read as a picture: it contains`,
    );
    await expect(readFacts(text)).rejects.toThrow(`${text} can't be read as a picture`);
    const drawing = join(folder, 'drawing.jpg');
    writeFileSync(drawing, '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    await expect(readFacts(drawing)).rejects.toThrow('it is an SVG drawing');
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const short = join(folder, `short.${format}`);
      const bytes = await slope(200, 200).toFormat(format).toBuffer();
      writeFileSync(short, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
      await expect(readPicture({ path: short })).rejects.toThrow(`${short} can't be read as a picture: `);
    }
    await expect(readPicture({ path: join(folder, 'none.jpg') })).rejects.toThrow('none.jpg');
  });
});

describe('the pixel limit', () => {
  it('refuses a picture by its header, before it is decoded', async () => {
    const file = await save('limited.png', slope(40, 30).png());
    expect(await readFacts(file, 1200)).toMatchObject({ width: 40, height: 30 });
    const refused = `${file} can't be read as a picture: it has 40 x 30 pixels, more than the 1199 that are allowed`;
    await expect(readFacts(file, 1199)).rejects.toThrow(refused);
    await expect(readPicture({ path: file, pixelLimit: 1199 })).rejects.toThrow(refused);
    await expect(readPictureView({ path: file, pixelLimit: 1199 }, whole)).rejects.toThrow(refused);
  });

  it('is that of Pillow by default', async () => {
    const small = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const bomb = Buffer.from(small);
    bomb.writeUInt32BE(30_000, 16); // width and height in the header chunk, with its checksum
    bomb.writeUInt32BE(30_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const file = join(folder, 'bomb.png');
    writeFileSync(file, bomb);
    await expect(readPicture({ path: file })).rejects.toThrow(
      "bomb.png can't be read as a picture: it has 30000 x 30000 pixels, more than the 178956970 that are allowed",
    );
  });
});

describe('readPictureView', () => {
  const imageSize = { width: 64, height: 64 };
  const window = { left: 0, top: 0, ...imageSize };
  const shrunk: View = {
    crop: { left: 13, top: 40, width: 200, height: 150 },
    size: imageSize,
    window,
    interpolation: 'bicubic',
  };

  it('is the view of the whole picture, rotated or not', async () => {
    for (const orientation of [1, 6, 8]) {
      const file = await save(`view-${orientation}.png`, slope(300, 260).withMetadata({ orientation }).png());
      const facts = await readFacts(file);
      const centre = evaluationView(facts, imageSize, 0.875, 'bilinear');
      for (const view of [shrunk, centre]) {
        const { view: picture } = await readPictureView({ path: file, facts }, () => view);
        expect([picture.width, picture.height]).toEqual([64, 64]);
        expect(difference(picture, await render(await readPicture({ path: file }), view))).toBeLessThan(0.01);
      }
    }
  });

  it('is near to the view of the whole picture where the decoder shrinks a JPEG while it loads', async () => {
    const file = await save('large.jpg', slope(1600, 1200).jpeg({ quality: 95 }));
    const facts = await readFacts(file);
    const view = evaluationView(facts, imageSize, 1, 'bicubic');
    expect(
      difference(
        (await readPictureView({ path: file, facts }, () => view)).view,
        await render(await readPicture({ path: file }), view),
      ),
    ).toBeLessThan(1);
  });

  it('enlarges without a shift', async () => {
    const file = await save('enlarge.png', slope(320, 85).png());
    const view = { ...shrunk, crop: { left: 5, top: 20, width: 300, height: 60 } };
    const { view: picture } = await readPictureView({ path: file }, () => view);
    // Green at the centre of an image pixel is that of the source there, 3 a pixel.
    const rows = [10, 20, 32, 50];
    const error = rows.map((row) => {
      const source = 20 + ((row + 0.5) * 60) / 64 - 0.5;
      return (picture.pixels[(row * 64 + 32) * 3 + 1] ?? 0) - source * 3;
    });
    expect(Math.max(...error.map(Math.abs))).toBeLessThan(0.51); // rounding
  });

  it('shows what is transparent over white before it resizes', async () => {
    const half = Buffer.from(
      Array.from({ length: 300 * 300 }, (_, pixel) => [
        200,
        50,
        10,
        (pixel % 300) % 2 === 0 ? 0 : 255,
      ]).flat(),
    );
    const file = await save(
      'alpha.png',
      sharp(half, { raw: { width: 300, height: 300, channels: 4 } }).png(),
    );
    const { view: picture } = await readPictureView({ path: file }, () => shrunk);
    expect(difference(picture, await render(await readPicture({ path: file }), shrunk))).toBeLessThan(0.5);
    const greens = picture.pixels.filter((_, index) => index % 3 === 1);
    expect(greens.reduce((sum, green) => sum + green) / greens.length).toBeCloseTo((50 + 255) / 2, 0);
  });

  it('hands over the header, and the whole picture where it is wanted', async () => {
    const small = await save('small.png', slope(100, 80).png());
    const { view, found } = await readPictureView({ path: small, keepUpTo: 8000 }, () => ({
      ...shrunk,
      crop: { left: 5, top: 5, width: 70, height: 70 },
    }));
    expect([view.width, found.picture?.width, found.picture?.height]).toEqual([64, 100, 80]);
    expect(found.facts).toEqual({ width: 100, height: 80, format: 'png', plain: true });
    expect((await readPictureView({ path: small, keepUpTo: 7999 }, whole)).found.picture).toBeUndefined();
    expect((await readPictureView({ path: small }, whole)).found.picture).toBeUndefined();
    const large = await save('not-small.png', slope(300, 200).png());
    const wanted = await readPictureView({ path: large, keepUpTo: 60_000 }, () => shrunk);
    expect(wanted.found.picture?.pixels).toHaveLength(180_000);
  });

  it('repeats grey', async () => {
    const file = await save('grey-large.jpg', plain([99], 300, 300).toColourspace('b-w').jpeg());
    const { view: picture } = await readPictureView({ path: file }, () => shrunk);
    expect(picture.pixels).toHaveLength(64 * 64 * 3);
    expect(new Set(picture.pixels)).toEqual(new Set([99]));
  });
});
