import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluationView } from './evaluation-view.js';
import type { Picture } from './picture.js';
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
      const picture = await readPicture(file);
      expect([picture.width, picture.height, picture.pixels.length]).toEqual([6, 4, 72]);
      first(picture).forEach((byte, colour) => {
        expect(Math.abs(byte - ([200, 100, 50][colour] ?? 0))).toBeLessThanOrEqual(3); // lossy
      });
    }
  });

  it('repeats grey', async () => {
    for (const format of ['jpeg', 'png'] as const) {
      const file = await save(`grey.${format}`, plain([99]).toColourspace('b-w').toFormat(format));
      expect((await sharp(file).metadata()).channels).toBe(1);
      expect(first(await readPicture(file))).toEqual([99, 99, 99]);
    }
  });

  it('drops alpha and keeps the colours under it', async () => {
    expect(first(await readPicture(await save('rgba.png', plain([200, 50, 10, 0]).png())))).toEqual([
      200, 50, 10,
    ]);
    const greyAlpha = await save('grey-alpha.png', plain([200, 0]).toColourspace('b-w').png());
    expect((await sharp(greyAlpha).metadata()).channels).toBe(2);
    expect(first(await readPicture(greyAlpha))).toEqual([200, 200, 200]);
  });

  it('scales 16 bits to 8', async () => {
    const deep = Uint16Array.from({ length: 6 * 4 * 3 }, (_, index) => [0xc800, 0x6400, 0][index % 3] ?? 0);
    const colour = sharp(deep, { raw: { width: 6, height: 4, channels: 3 } })
      .toColourspace('rgb16')
      .png();
    const file = await save('deep.png', colour);
    expect((await sharp(file).metadata()).depth).toBe('ushort');
    expect(first(await readPicture(file))).toEqual([200, 100, 0]);
    const grey = sharp(
      Uint16Array.from({ length: 24 }, () => 0x6400),
      { raw: { width: 6, height: 4, channels: 1 } },
    );
    const greyFile = await save('deep-grey.png', grey.toColourspace('grey16').png());
    expect(first(await readPicture(greyFile))).toEqual([100, 100, 100]);
  });

  it('converts CMYK and ignores colour profiles', async () => {
    const cmyk = await save('cmyk.jpg', plain([200, 50, 10]).toColourspace('cmyk').jpeg({ quality: 100 }));
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    first(await readPicture(cmyk)).forEach((byte, colour) => {
      expect(Math.abs(byte - ([200, 50, 10][colour] ?? 0))).toBeLessThan(20); // a profile of inks comes in between
    });
    const wide = await save('wide.png', plain([200, 50, 10]).withIccProfile('p3').png());
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(first(await readPicture(wide))).toEqual(Array.from(stored.subarray(0, 3)));
    expect(first(await readPicture(wide))).not.toEqual([200, 50, 10]);
  });

  it('applies the EXIF rotation', async () => {
    // Orientation 6: the stored rows are the columns of the picture, from right to left.
    const file = await save('turned.png', slope(30, 20).withMetadata({ orientation: 6 }).png());
    const picture = await readPicture(file);
    expect([picture.width, picture.height]).toEqual([20, 30]);
    expect(await readFacts(file)).toMatchObject({ width: 20, height: 30 });
    const at = (column: number, row: number) => (row * 20 + column) * 3;
    expect(picture.pixels[at(0, 29)]).toBeGreaterThan(240); // red rises downwards
    expect(picture.pixels[at(0, 0)]).toBe(0);
    expect(picture.pixels[at(0, 0) + 1]).toBeGreaterThan(240); // green rises to the left
    expect(picture.pixels[at(19, 0) + 1]).toBe(0);
  });

  it('names a file that is no picture, is cut short or is missing', async () => {
    const text = join(folder, 'text.jpg');
    writeFileSync(text, 'This is a text.\n');
    await expect(readPicture(text)).rejects.toThrow(
      `${text} can't be read as a picture: Input file contains`,
    );
    await expect(readFacts(text)).rejects.toThrow(`${text} can't be read as a picture`);
    const drawing = join(folder, 'drawing.jpg');
    writeFileSync(drawing, '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    await expect(readFacts(drawing)).rejects.toThrow('it is an SVG drawing');
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const short = join(folder, `short.${format}`);
      const bytes = await slope(200, 200).toFormat(format).toBuffer();
      writeFileSync(short, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
      await expect(readPicture(short)).rejects.toThrow(`${short} can't be read as a picture: `);
    }
    await expect(readPicture(join(folder, 'none.jpg'))).rejects.toThrow('none.jpg');
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
        const picture = await readPictureView(file, facts, view);
        expect([picture.width, picture.height]).toEqual([64, 64]);
        expect(difference(picture, await render(await readPicture(file), view))).toBeLessThan(0.01);
      }
    }
  });

  it('is near to the view of the whole picture where the decoder shrinks a JPEG while it loads', async () => {
    const file = await save('large.jpg', slope(1600, 1200).jpeg({ quality: 95 }));
    const facts = await readFacts(file);
    const view = evaluationView(facts, imageSize, 1, 'bicubic');
    expect(
      difference(await readPictureView(file, facts, view), await render(await readPicture(file), view)),
    ).toBeLessThan(1);
  });

  it('enlarges without a shift', async () => {
    const file = await save('enlarge.png', slope(320, 85).png());
    const view = { ...shrunk, crop: { left: 5, top: 20, width: 300, height: 60 } };
    const picture = await readPictureView(file, await readFacts(file), view);
    // Green at the centre of an image pixel is that of the source there, 3 a pixel.
    const rows = [10, 20, 32, 50];
    const error = rows.map((row) => {
      const source = 20 + ((row + 0.5) * 60) / 64 - 0.5;
      return (picture.pixels[(row * 64 + 32) * 3 + 1] ?? 0) - source * 3;
    });
    expect(Math.max(...error.map(Math.abs))).toBeLessThan(0.51); // rounding
  });

  it('keeps the colours under alpha apart from it', async () => {
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
    const picture = await readPictureView(file, await readFacts(file), shrunk);
    expect(first(picture)).toEqual([200, 50, 10]);
    expect(picture.pixels.every((byte, index) => byte === [200, 50, 10][index % 3])).toBe(true);
  });

  it('repeats grey', async () => {
    const file = await save('grey-large.jpg', plain([99], 300, 300).toColourspace('b-w').jpeg());
    const picture = await readPictureView(file, await readFacts(file), shrunk);
    expect(picture.pixels).toHaveLength(64 * 64 * 3);
    expect(new Set(picture.pixels)).toEqual(new Set([99]));
  });
});
