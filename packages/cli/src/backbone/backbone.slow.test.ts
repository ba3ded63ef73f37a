import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli, startCli, until } from '../../testing/run-cli.js';
import { runPaths } from '../run/run-paths.js';

const nest = resolve('examples/third-party-backbone-nest/nest.mjs');
const pvt = resolve('examples/third-party-backbone-pvt/pvt.mjs');
const stages = [
  { channels: 8, depth: 1, heads: 1, reduction: 2, mlpRatio: 2 },
  { channels: 16, depth: 1, heads: 2, reduction: 1, mlpRatio: 2 },
];

let folder = '';
const settings = (run: string) => [
  ...['--data', 'pictures', '--img-size', '16', '--batch-size', '4', '--epochs', '3', '--backend', 'cpu'],
  ...['--absolute', '0.5', '--relative', '0.5', '--drop-path', '0.1', '--checkpoint-every', '2'],
  ...['--output', 'runs', '--experiment', run],
];
const cli = (...words: readonly string[]) => runCli(words, { cwd: folder });
const paths = (run: string) => runPaths(join(folder, 'runs', run));

beforeAll(async () => {
  folder = await temporaryFolder();
  await writePictures(join(folder, 'pictures'), ['blue', 'green', 'red'], 10);
});

describe('whereabouts train --backbone', () => {
  const ofNest = (run: string) => [
    'train',
    ...settings(run),
    ...[
      '--backbone',
      nest,
      '--patch-size',
      '4',
      '--backbone-options',
      '{"channels":8,"heads":2,"depths":[1,1]}',
    ],
  ];

  it('trains on tokens in block order, and evaluates', async () => {
    const ended = await cli(...ofNest('nest'));
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    const sha256 = createHash('sha256').update(readFileSync(nest)).digest('hex');
    expect(ended.output).toMatch(new RegExp(`\\nmodel {5}${nest}: [\\d,]+ parameters, eager\\n`));
    expect(ended.output).toContain(
      `SHA-256 ${sha256.slice(0, 12)}..., without what it imports; given {"patchSize":4,`,
    );
    expect(ended.output).toContain(
      '\ntokens    16 x 16 px: 2 x 2 = 4 positions of 16 channels; encoding absolute\n',
    );
    const config = JSON.parse(readFileSync(paths('nest').config, 'utf8'));
    expect(config.model.backbone).toBe(nest);
    expect(JSON.parse(readFileSync(paths('nest').environment, 'utf8')).backbone).toEqual({
      file: nest,
      sha256,
    });

    const evaluated = await cli('evaluate', 'nest', '--checkpoint', 'last', '--json');
    expect(evaluated).toMatchObject({ exitCode: 0, errors: '' });
    const last = metricsOf(paths('nest').metrics).at(-1);
    expect(JSON.parse(evaluated.output).metrics['relative.accuracy']).toBe(last?.['relative.accuracy']);
  });

  it('trains the same again from the configuration of a run', async () => {
    const again = await cli('train', '--config', paths('nest').config, '--experiment', 'again');
    expect(again).toMatchObject({ exitCode: 0, errors: '' });
    expect(metricsOf(paths('again').metrics)).toEqual(metricsOf(paths('nest').metrics));
  });

  it('gives the same numbers after a kill and a resume', async () => {
    const { child, ended } = startCli(ofNest('killed'), { cwd: folder });
    const { metrics } = paths('killed');
    await until(() => existsSync(metrics) && readFileSync(metrics, 'utf8').split('\n').length > 5);
    child.kill('SIGKILL');
    await ended;
    expect(await cli('train', '--resume', 'killed', '--backbone', nest)).toMatchObject({
      exitCode: 0,
      errors: '',
    });
    expect(metricsOf(metrics)).toEqual(metricsOf(paths('nest').metrics));
  });

  it('trains a pyramid that a config file names from its own folder', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(
      join(folder, 'models', 'pyramid.ts'),
      `export { default } from ${JSON.stringify(pvt)};\n`,
    );
    const file = join(folder, 'models', 'whereabouts.yaml');
    const model = { backbone: './pyramid.ts', patchSize: 2, backboneOptions: { stages } };
    await writeFile(file, `model: ${JSON.stringify(model)}\n`);
    const ended = await cli('train', '--config', file, ...settings('pvt'));
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    expect(ended.output).toContain(
      '16 x 16 px: 8 x 8 = 64 positions of 8 channels; 4 x 4 = 16 positions of 16 channels; encoding absolute',
    );
    expect(metricsOf(paths('pvt').metrics).at(-1)?.['absolute.loss']).toBeGreaterThan(0);
  });
});

describe('a run whose module', () => {
  const own = `export { default } from ${JSON.stringify(nest)};\n`;
  beforeAll(async () => {
    await writeFile(join(folder, 'own.mjs'), own);
    const words = [
      '--backbone',
      'own.mjs',
      '--patch-size',
      '4',
      '--backbone-options',
      '{"channels":8,"heads":2,"depths":[1]}',
    ];
    expect(await cli('train', ...settings('own'), ...words, '--epochs', '1')).toMatchObject({ exitCode: 0 });
  }, 60_000);

  it.each([['train', '--resume'], ['evaluate']])(
    'has changed is not gone on with by %s',
    async (...words) => {
      const file = join(folder, 'own.mjs');
      await appendFile(file, '// changed\n');
      const ended = await cli(...words, 'runs/own');
      expect(ended.exitCode).toBe(1);
      expect(ended.errors).toMatch(
        /^The module of the backbone has changed since the run began: .* had the SHA-256 [0-9a-f]{12} and now has [0-9a-f]{12}\. Bring back/,
      );
      await writeFile(file, own);
    },
  );

  it('is gone, is told so', async () => {
    expect(await cli('train', ...settings('new'), '--backbone', 'gone.mjs')).toMatchObject({
      exitCode: 2,
      errors: `There is no file ${join(folder, 'gone.mjs')}, which should make the backbone (--backbone).\n`,
    });
    expect(existsSync(paths('new').folder)).toBe(false);
  });

  it('is given beside a built-in model, is told so', async () => {
    expect(
      await cli('train', ...settings('new'), '--backbone', 'own.mjs', '--model', 'vit-tiny'),
    ).toMatchObject({
      exitCode: 2,
      errors: '--model and --backbone both say what is trained; give one of them.\n',
    });
  });
});
