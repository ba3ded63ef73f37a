import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli } from '../../testing/run-cli.js';
import { runPaths } from '../run/run-paths.js';

const recipes = resolve('examples/recipes');
const files = readdirSync(recipes).filter((name) => name.endsWith('.yaml'));
const headOf = (file: string) => readFileSync(join(recipes, file), 'utf8');

/** What makes a recipe's model and its images small enough for a few seconds. */
const tiny: Readonly<Record<string, readonly string[]>> = {
  vit: ['--model', 'vit', '--patch-size', '8', '--channels', '16', '--depth', '1', '--heads', '2'],
  swin: ['--model', 'swin', '--channels', '8', '--depths', '1,1', '--heads', '1', '--window-size', '2'],
};
const short = [
  ...['--img-size', '16', '--batch-size', '4', '--epochs', '1', '--warmup-epochs', '0', '--step-budget', '2'],
  ...['--lr', '1e-3'],
  ...['--backend', 'cpu', '--executor', 'eager', '--workers', '0'],
];

let folder = '';
const data = (layout: string) => join(folder, layout);

beforeAll(async () => {
  folder = await temporaryFolder();
  await writePictures(join(data('imagenet'), 'train'), ['n01440764', 'n01443537'], 6);
  await writePictures(join(data('imagenet'), 'val'), ['n01440764', 'n01443537'], 2);
  const images = join(data('mini-imagenet'), 'images');
  await mkdir(images, { recursive: true });
  const names = ['n01532829', 'n01558993'];
  await writePictures(folder, names, 106);
  const rows: string[] = [];
  for (const name of names)
    for (const file of readdirSync(join(folder, name))) {
      await rename(join(folder, name, file), join(images, `${name}-${file}`));
      rows.push(`${name}-${file},${name}`);
    }
  const table = (list: readonly string[]) => ['filename,label', ...list, ''].join('\n');
  await writeFile(join(data('mini-imagenet'), 'train.csv'), table(rows.slice(4)));
  await writeFile(join(data('mini-imagenet'), 'val.csv'), table(rows.slice(0, 2)));
  await writeFile(join(data('mini-imagenet'), 'test.csv'), table(rows.slice(2, 4)));
}, 120_000);

describe.each(files)('the recipe %s', (file) => {
  const [, command = '', layout = ''] =
    /whereabouts (train|pretrain) .*--data path\/to\/([a-z-]+)/.exec(headOf(file)) ?? [];

  it('trains on data of its layout', async () => {
    const model = tiny[/name: (vit|swin)/.exec(headOf(file))?.[1] ?? 'vit'] ?? [];
    const words = [command, '--config', join(recipes, file), '--data', data(layout), ...model, ...short];
    const decoder =
      command === 'pretrain'
        ? ['--decoder-channels', '8', '--decoder-depth', '1', '--decoder-heads', '2', '--keep-ratio', '0.5']
        : [];
    const ended = await runCli([...words, ...decoder, '--experiment', file], { cwd: folder });
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    const steps = metricsOf(runPaths(join(folder, 'runs', file)).metrics).filter(
      ({ kind }) => kind === 'step',
    );
    expect(steps).toHaveLength(2);
    expect(Number(steps[1]?.['absolute.loss'])).toBeGreaterThan(0);
  });

  it('says how long it takes', () => {
    const [, pictures, epochs, total, slow, fast] =
      /([\d,]+) pictures x (\d+) epochs = ([\d,]+): ([\d,.]+) hours at 100 images\/s, ([\d,.]+) at 1,000/.exec(
        headOf(file),
      ) ?? [];
    const number = (text: string | undefined) => Number(text?.replaceAll(',', ''));
    expect(number(total)).toBe(number(pictures) * number(epochs));
    expect(number(slow)).toBeCloseTo(number(total) / 100 / 3600, 1);
    expect(number(fast)).toBeCloseTo(number(total) / 1000 / 3600, 1);
  });
});
