import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readFacts, readPicture } from './picture-file.js';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const expected: Readonly<Record<string, { width: number; height: number; pixels: readonly number[] }>> =
  JSON.parse(readFileSync(`${fixtures}odd-pictures.json`, 'utf8'));
const files = readdirSync(`${fixtures}odd-pictures`);

async function differences(name: string): Promise<number[]> {
  const { width, height, pixels } = expected[name] ?? { width: 0, height: 0, pixels: [] };
  const path = `${fixtures}odd-pictures/${name}`;
  const picture = await readPicture({ path });
  expect(await readFacts(path)).toMatchObject({ width, height });
  expect([picture.width, picture.height, picture.pixels.length]).toEqual([width, height, pixels.length]);
  return pixels.map((byte, index) => Math.abs(byte - (picture.pixels[index] ?? Number.NaN)));
}

it.each(files.filter((name) => name !== 'cmyk.jpg'))('%s is read as by Pillow', async (name) => {
  expect(Math.max(...(await differences(name)))).toBeLessThanOrEqual(/alpha/.test(name) ? 1 : 0); // blending rounds
});

it('cmyk.jpg comes through a profile of inks, which Pillow does without', async () => {
  const each = await differences('cmyk.jpg');
  expect(each.reduce((sum, difference) => sum + difference) / each.length).toBeLessThan(25); // inverted it would be 100
});
