import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli } from '../../testing/run-cli.js';
import { runPaths } from '../run/run-paths.js';

let folder = '';
const cli = (...words: readonly string[]) => runCli(words, { cwd: folder });
const swin = [
  ...['--model', 'swin', '--channels', '8', '--depths', '1,1', '--heads', '1', '--window-size', '2'],
  ...[
    '--img-size',
    '16',
    '--patch-size',
    '2',
    '--batch-size',
    '4',
    '--backend',
    'cpu',
    '--executor',
    'eager',
  ],
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writePictures(join(folder, 'pictures'), ['blue', 'green', 'red'], 8);
}, 120_000);

it('pretrains a Swin on hidden cells, with position labels beside it', async () => {
  const words = [
    'pretrain',
    '--data',
    'pictures',
    ...swin,
    '--cell-size',
    '4',
    '--pictures',
    '2',
    '--lr',
    '0.01',
  ];
  const ended = await cli(...words, '--epochs', '3', '--absolute', '0.1', '--experiment', 'cells');
  expect(ended).toMatchObject({ exitCode: 0, errors: '' });
  expect(ended.output).toContain(
    '6 of 16 cells of 4 px are seen, the others painted (plain pixels) by a linear layer',
  );
  const { metrics, reconstructions } = runPaths(join(folder, 'runs', 'cells'));
  const evaluations = metricsOf(metrics).filter(({ kind }) => kind === 'evaluation');
  expect(Number(evaluations.at(-1)?.['pixels.loss'])).toBeLessThan(Number(evaluations[0]?.['pixels.loss']));
  expect(evaluations[0]?.['absolute.accuracy']).toBeDefined();
  expect(readdirSync(reconstructions).sort()).toEqual(['1.png', '2.png']);
});

it('is judged and fine-tuned without its mask token', async () => {
  const judged = await cli('knn', 'cells', '--json');
  expect(judged).toMatchObject({ exitCode: 0, errors: '' });
  expect(JSON.parse(judged.output).accuracy).toBeGreaterThanOrEqual(0);
  const ended = await cli(
    'finetune',
    '--from',
    'cells',
    '--epochs',
    '1',
    '--batch-size',
    '4',
    '--experiment',
    'classes',
  );
  expect(ended).toMatchObject({ exitCode: 0, errors: '' });
  expect(ended.output).toContain('maskToken is left out: only pretraining needs it');
  expect((await cli('convert', 'runs/cells', 'cells.safetensors', '--format', 'timm')).output).toContain(
    'the mask token is left out',
  );
});
