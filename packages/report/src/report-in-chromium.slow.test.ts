import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../testing/find-chromium.js';
import { renderReport } from './render-report.js';
import type { RunReport } from './run-report.js';

const executablePath = findChromium();
const names = Array.from({ length: 10 }, (_, index) => `class-${index}-${'long'.repeat(8)}`);

async function reportOf(): Promise<RunReport> {
  const bytes = await sharp(new Uint8Array(3 * 64), { raw: { width: 8, height: 8, channels: 3 } })
    .png()
    .toBuffer();
  const picture = `data:image/png;base64,${bytes.toString('base64')}`;
  return {
    name: `a-run-of-a-long-name-${'x'.repeat(60)}`,
    series: ['loss', 'classes.accuracy', '<img src=x onerror=alert(1)>'].map((metric) => ({
      metric,
      of: 'training' as const,
      points: Array.from({ length: 400 }, (_, step) => [step + 1, 2 / (step + 1)] as const),
    })),
    settings: { 'data.path': `/home/${'folder/'.repeat(20)}`, 'model.depth': '6' },
    results: { loss: 0.5 },
    environment: { backend: 'cpu' },
    judgement: {
      ...{ split: 'validation', pictures: 100, step: 400 },
      classes: {
        names,
        confusion: names.map((_, truth) =>
          names.map((__, answer) => (truth === answer ? 9 : Number(answer === 0))),
        ),
        mistakes: [{ picture, truth: names[1] as string, answer: names[0] as string, probability: 0.8 }],
      },
      positions: {
        grid: { rows: 8, columns: 8 },
        cells: Array.from({ length: 64 }, (_, cell) => ({
          ...{ tokens: 100, right: cell },
          row: Math.floor(cell / 8) / 2,
          column: (cell % 8) / 2,
        })),
        distances: [40, 30, 20, 10],
        guesses: [0.1, 0.2, 0.3, 0.4],
        puzzles: [{ original: picture, together: picture, right: 3, patches: 64 }],
      },
      attention: [{ picture, heads: Array.from({ length: 12 }, () => picture), rollout: picture }],
      features: [{ picture, components: picture }],
    },
    reconstructions: [picture],
    leftOut: ['Nothing is left out here.'],
  };
}

describe.skipIf(executablePath === undefined)(
  `a report in Chromium${executablePath === undefined ? ' (not run: no chromium on the PATH; apt-get install chromium)' : ''}`,
  () => {
    let browser: Browser;
    let address = '';
    beforeAll(async () => {
      const file = join(await mkdtemp(join(tmpdir(), 'whereabouts-report-')), 'report.html');
      writeFileSync(file, renderReport([await reportOf()]));
      address = pathToFileURL(file).href;
      browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
    });
    afterAll(() => browser?.close());

    async function open(
      look: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
      check: (page: Page, asked: readonly string[]) => Promise<void>,
    ): Promise<void> {
      const { width, colorScheme } = look;
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const [asked, errors]: [string[], string[]] = [[], []];
      page.on('request', (request) => asked.push(request.url()));
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('dialog', (dialog) => errors.push(dialog.message()));
      await page.goto(address);
      await check(page, asked);
      expect(errors).toEqual([]);
      await page.close();
    }

    it.each([390, 1280])('fits into %d pixels, asks for nothing, and shows every picture', async (width) => {
      await open({ width, colorScheme: 'light' }, async (page, asked) => {
        expect(asked.filter((url) => url !== address && !url.startsWith('data:'))).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const widths = await page
          .locator('img')
          .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
        expect(widths).toEqual(new Array(20).fill(8));
        const empty = await page
          .locator('svg')
          .evaluateAll(
            (charts) => charts.filter((chart) => chart.getBoundingClientRect().height < 50).length,
          );
        expect(empty).toBe(0);
      });
    });

    it('is dark where the reader wants it, and light on paper', async () => {
      const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await open({ width: 1280, colorScheme: 'dark' }, async (page) => {
        expect(await ground(page)).toBe('rgb(22, 22, 26)');
        await page.emulateMedia({ media: 'print' });
        expect(await ground(page)).toBe('rgb(255, 255, 255)');
      });
      await open({ width: 1280, colorScheme: 'light' }, async (page) => {
        expect(await ground(page)).toBe('rgb(255, 255, 255)');
      });
    });
  },
);
