import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBackend } from '@whereabouts/runtime';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../testing/find-chromium.js';
import type { Numbers } from './offer-numbers.js';
import { type PuzzleModel, puzzleModel } from './puzzle-model.js';
import { type ServedPage, servePage } from './serve-page.js';
import { shufflePieces } from './shuffle-pieces.js';

const executablePath = findChromium();
const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const imageSize = 64;

/** The largest difference of two tables. */
const difference = (one: readonly (readonly number[])[], other: readonly (readonly number[])[]): number =>
  Math.max(
    ...one.flatMap((row, place) =>
      row.map((value, column) => Math.abs(value - (other[place]?.[column] ?? Number.NaN))),
    ),
  );

describe.skipIf(executablePath === undefined)(
  `the page in Chromium${executablePath === undefined ? ' (not run: no chromium on the PATH; apt-get install chromium)' : ''}`,
  () => {
    let served: ServedPage;
    let browser: Browser;
    let model: PuzzleModel;
    beforeAll(async () => {
      const { backend } = await openBackend();
      console.log(`the numbers of the page beside those of ${backend} in Node`);
      model = puzzleModel(await readFile(here('model/puzzle.safetensors')));
      served = await servePage();
      browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser?.close();
      await served?.stop();
    });

    /** Opens the page, and keeps what it asks for and what goes wrong in it. */
    async function open(query: string): Promise<{ page: Page; asked: string[]; errors: string[] }> {
      const page = await browser.newPage();
      const [asked, errors]: [string[], string[]] = [[], []];
      page.on('request', (request) => asked.push(request.url()));
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(served.address + query);
      return { page, asked, errors };
    }

    /** The numbers that the page offers once the pieces lie where the model put them; others than before. */
    async function numbersOf(page: Page, before = '#numbers'): Promise<Numbers> {
      const link = page.locator(`#numbers:not([href="${before}"])`);
      await link.waitFor({ timeout: 120_000 });
      return link.evaluate(async (a) => (await fetch((a as HTMLAnchorElement).href)).json());
    }

    /** Drops a file on the page, as a hand with a mouse does. */
    async function drop(page: Page, file: Buffer): Promise<void> {
      const transfer = await page.evaluateHandle((base64) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
        return data;
      }, file.toString('base64'));
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    }

    /** A picture of the size that the model sees, so that no browser has to resize it: as a file, and its pixels. */
    async function smallPicture(name: string): Promise<{ png: Buffer; pixels: Buffer }> {
      const picture = sharp(here(`pictures/${name}`))
        .resize(imageSize, imageSize)
        .removeAlpha();
      const png = await picture.png().toBuffer();
      return { png, pixels: await sharp(png).removeAlpha().raw().toBuffer() };
    }

    it.for(['wasm', 'webgl', 'cpu'])(
      'says with %s what Node says of a picture that is dropped',
      async (engine, { skip }) => {
        const { page, asked, errors } = await open(`?engine=${engine}`);
        const status = page.locator('#status:not(:text("…"))'); // what it says once something came of it
        const outcome = (await status.textContent({ timeout: 120_000 })) ?? '';
        if (engine === 'webgl' && outcome.includes('does not work in this browser')) skip(outcome);
        await numbersOf(page);
        const before = await page.locator('#numbers').getAttribute('href');
        const { png, pixels } = await smallPicture('t-shirt.jpg');
        await drop(page, png);
        const numbers = await numbersOf(page, before ?? '');

        expect(numbers.engine).toBe(engine);
        expect(Buffer.from(numbers.pixels)).toEqual(pixels);
        const pieces = { grid: model.grid, patchSize: model.card.vit.patchSize };
        const expected = await model.whereEachBelongs(shufflePieces(pixels, numbers.order, pieces));
        expect(difference(expected, numbers.logits)).toBeLessThan(1e-3);
        const attention = await model.whatEachLooksAt(shufflePieces(pixels, numbers.order, pieces));
        expect(difference(attention, numbers.attention)).toBeLessThan(1e-3);
        expect(errors).toEqual([]);
        expect(asked.filter((url) => !url.startsWith(served.address) && !url.startsWith('blob:'))).toEqual(
          [],
        );
        await page.close();
      },
    );

    it('moves each piece to its cell, marks those that are astray, and tells how many are not', async () => {
      const { page } = await open('');
      const { order, assigned } = await numbersOf(page);
      const right = assigned.filter((cell, piece) => cell === order[piece]).length;
      expect(await page.textContent('#status')).toMatch(
        `${right} of ${order.length} pieces lie where they were`,
      );
      expect(await page.locator('#board .astray').count()).toBe(order.length - right);
      const cells = await page
        .locator('#board .piece')
        .evaluateAll((pieces) =>
          pieces.map(({ style }) => [style.getPropertyValue('--row'), style.getPropertyValue('--column')]),
        );
      const { columns } = model.grid;
      expect(cells).toEqual(assigned.map((cell) => [`${Math.floor(cell / columns)}`, `${cell % columns}`]));
      await page.close();
    });

    it('shows of a piece that is pointed at how likely each cell is', async () => {
      const { page } = await open('');
      const { logits, order, attention } = await numbersOf(page);
      await page.locator('#board .piece').nth(5).focus();
      const shown = await page
        .locator('#position-map .cell')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.style.getPropertyValue('--probability'))));
      const powers = (logits[5] ?? []).map(Math.exp);
      const sum = powers.reduce((total, power) => total + power, 0);
      for (const [cell, power] of powers.entries()) expect(shown[cell]).toBeCloseTo(power / sum, 6);
      const home = await page
        .locator('#position-map .cell')
        .nth(order[5] ?? 0)
        .getAttribute('class');
      expect(home).toContain('home');
      const looks = await page.locator('#attention-map .cell').allTextContents();
      expect(looks).toEqual(attention[5]?.map((weight) => `${Math.round(100 * weight)}%`));
      await page.close();
    });

    it('says so when a file is no picture', async () => {
      const { page } = await open('');
      await numbersOf(page);
      await drop(page, Buffer.from('no picture'));
      await page.getByText('This is no picture that your browser can read').waitFor();
      await page.close();
    });
  },
);
