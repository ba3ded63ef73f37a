import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli, startCli, until } from '../../testing/run-cli.js';
import { runPaths } from '../run/run-paths.js';

let pictures = '';
let output = '';
let whole: Record<string, unknown>[] = [];

const epochs = 8;
const settings = () => [
  ...['--data', pictures, '--img-size', '16', '--patch-size', '4', '--batch-size', '4', '--backend', 'cpu'],
  ...[
    '--model',
    'vit',
    '--channels',
    '16',
    '--depth',
    '1',
    '--heads',
    '2',
    '--epochs',
    String(epochs),
    '--lr',
    '0.01',
  ],
  ...[
    '--relative',
    '0.5',
    '--pairs',
    '8',
    '--drop-path',
    '0.1',
    '--checkpoint-every',
    '2',
    '--log-interval',
    '5',
  ],
  ...['--output', output],
];
const metricsPath = (run: string) => runPaths(join(output, run)).metrics;
const stepsOf = (run: string) =>
  existsSync(metricsPath(run)) ? readFileSync(metricsPath(run), 'utf8').split('"kind":"step"').length - 1 : 0;

beforeAll(async () => {
  const folder = await temporaryFolder();
  pictures = join(folder, 'pictures');
  output = join(folder, 'runs');
  await writePictures(pictures, ['blue', 'green', 'red'], 10);
}, 120_000);

describe('whereabouts train', () => {
  it('trains to the end, in plain lines, into a complete run folder', async () => {
    const {
      exitCode,
      output: lines,
      errors,
    } = await runCli(['train', ...settings(), '--experiment', 'whole']);
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    expect(lines).toMatch(
      /^backend {3}cpu, on CPU, 1 thread\nmodel {5}vit: 16 channels, 1 blocks, 2 heads, [\d,]+ parameters, eager\n/,
    );
    expect(lines).toContain('27 train and 3 validation pictures of 3 classes (blue, green, red)');
    expect(lines).toMatch(
      /\nstep 5\/48: loss [\d.]+, classes [\d.]+ \([\d.]+ %\), absolute .* %\), \d+ images\/s, \d+ s left\n/,
    );
    expect(lines).toMatch(
      /\nepoch 8: classes accuracy [\d.]+ % \(largest class 33\.3 %\), absolute accuracy [\d.]+ % \(chance 6\.3 %\)/,
    );
    expect(lines).not.toContain('\u001b');

    const paths = runPaths(join(output, 'whole'));
    expect(readdirSync(paths.folder).sort()).toEqual([
      'checkpoints',
      'config.json',
      'environment.json',
      'metrics.jsonl',
      'report.html',
      'summary.json',
    ]);
    expect(lines).toContain(`Look at it: ${paths.report}`);
    const page = readFileSync(paths.report, 'utf8');
    expect(page).toContain('<title>blue: 1 of 1 taken for blue</title>');
    expect(page).toMatch(/\d+ of 16 patches where they belong/);
    expect(readdirSync(paths.checkpoints).sort()).toEqual(['best.safetensors', 'last.safetensors']);
    whole = metricsOf(paths.metrics);
    expect(whole.map(({ kind }) => kind)).toEqual(
      Array.from({ length: epochs }, () => [...Array(6).fill('step'), 'evaluation']).flat(),
    );
    const summary = JSON.parse(await readFile(paths.summary, 'utf8'));
    expect(summary).toMatchObject({ finished: true, step: 48, steps: 48, backend: { backend: 'cpu' } });
    expect(summary.evaluation['classes.accuracy']).toBe(whole.at(-1)?.['classes.accuracy']);
    expect(summary.evaluation['classes.accuracy']).toBe(1);
    expect(JSON.parse(await readFile(paths.environment, 'utf8'))).toMatchObject({
      data: { classes: ['blue', 'green', 'red'], pictures: { train: 27, validation: 3 } },
      sessions: [{ step: 0, backend: { backend: 'cpu' }, machine: { node: process.version } }],
    });
  });

  it('gives the same numbers after any number of kills and resumes', async () => {
    const first = startCli(['train', ...settings(), '--experiment', 'killed']);
    await until(() => stepsOf('killed') >= 9);
    first.child.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');
    const atKill = stepsOf('killed');
    expect(atKill).toBeLessThan(48);

    const second = startCli(['train', '--resume', 'killed', '--output', output]);
    await until(() => stepsOf('killed') >= atKill + 8);
    second.child.kill('SIGKILL');
    expect((await second.ended).signal).toBe('SIGKILL');

    const last = await runCli(['train', '--resume', join(output, 'killed')]);
    expect(last).toMatchObject({ exitCode: 0, errors: '' });
    expect(last.output).toMatch(/Goes on after step \d+ of 48\./);
    expect(metricsOf(metricsPath('killed'))).toEqual(whole);
    const sessions = JSON.parse(readFileSync(runPaths(join(output, 'killed')).environment, 'utf8')).sessions;
    expect(sessions).toHaveLength(3);

    const again = await runCli(['train', '--resume', join(output, 'killed')]);
    expect(again).toMatchObject({ exitCode: 0, errors: '' });
    expect(again.output).toContain('All steps were done before.');
    expect(metricsOf(metricsPath('killed'))).toEqual(whole);
  });

  it('starts again when it was killed before its first checkpoint, and says so', async () => {
    const { child, ended } = startCli([
      'train',
      ...settings(),
      '--checkpoint-every',
      '0',
      '--experiment',
      'early',
    ]);
    await until(() => stepsOf('early') >= 1);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(runPaths(join(output, 'early')).lastCheckpoint)).toBe(false);
    const resumed = await runCli(['train', '--resume', 'early', '--output', output]);
    expect(resumed).toMatchObject({ exitCode: 0, errors: '' });
    expect(resumed.output).toContain('It stopped before its first checkpoint, so it starts again at step 0.');
    expect(metricsOf(metricsPath('early'))).toEqual(whole);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('writes a checkpoint on %s, says how to go on, and goes on', async (signal, exitCode) => {
    const { child, ended } = startCli(['train', ...settings(), '--experiment', signal]);
    await until(() => stepsOf(signal) >= 3);
    child.kill(signal);
    const stopped = await ended;
    expect(stopped).toMatchObject({ exitCode, errors: '' });
    const [, step] = /Stopped after step (\d+) of 48; a checkpoint is written/.exec(stopped.output) ?? [];
    expect(stopped.output).toContain(`whereabouts train --resume ${join(output, signal)}`);
    expect(stepsOf(signal)).toBe(Number(step));
    const resumed = await runCli(['train', '--resume', join(output, signal)]);
    expect(resumed.output).toContain(`Goes on after step ${step} of 48.`);
    expect(metricsOf(metricsPath(signal))).toEqual(whole);
  });
});

describe('whereabouts evaluate', () => {
  it('finds what the training found, for people and for programs', async () => {
    const lines = await runCli(['evaluate', 'whole', '--output', output, '--checkpoint', 'last']);
    expect(lines).toMatchObject({ exitCode: 0, errors: '' });
    expect(lines.output).toContain('classes accuracy 100.0 % (largest class 33.3 %), absolute accuracy');
    const { exitCode, output: json } = await runCli([
      'evaluate',
      join(output, 'whole'),
      '--checkpoint',
      'last',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const result = JSON.parse(json);
    const { kind: _kind, epoch: _epoch, best: _best, images, step, ...metrics } = whole.at(-1) ?? {};
    expect(result).toMatchObject({ step, images, split: 'validation', metrics });
    expect(result.chance).toMatchObject({ 'absolute.accuracy': 1 / 16, 'relative.accuracy': 1 / 16 });
  });

  it('evaluates another split, and says which there are', async () => {
    const train = await runCli(['evaluate', 'whole', '--output', output, '--split', 'train', '--json']);
    expect(JSON.parse(train.output)).toMatchObject({ images: 27, split: 'train' });
    const test = await runCli(['evaluate', 'whole', '--output', output, '--split', 'test']);
    expect(test).toMatchObject({
      exitCode: 2,
      errors: 'The data has no split "test"; it has train, validation.\n',
    });
  });
});
