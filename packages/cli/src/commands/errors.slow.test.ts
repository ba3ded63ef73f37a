import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hideNative } from '../../testing/hide-native.js';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { runCli } from '../../testing/run-cli.js';
import { runPaths } from '../run/run-paths.js';

let folder = '';
let pictures = '';
const small = [
  '--model',
  'vit',
  '--channels',
  '8',
  '--depth',
  '1',
  '--heads',
  '2',
  '--backend',
  'cpu',
  '--epochs',
  '2',
];
const settings = () => [
  ...['--data', pictures, '--img-size', '16', '--patch-size', '8', '--batch-size', '4', ...small],
  ...['--output', join(folder, 'runs')],
];

/** The hash of every file below a folder. */
function fingerprints(below: string): Record<string, string> {
  const files = readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

/** Runs the command, which must fail in few words and leave every file as it was. */
async function complaintOf(words: readonly string[], exitCode: number, nodeFlags: readonly string[] = []) {
  const before = fingerprints(folder);
  const ended = await runCli(words, { cwd: folder, nodeFlags });
  expect(ended.errors).not.toMatch(/\n {4}at /); // no stack
  expect(ended.exitCode).toBe(exitCode);
  expect(fingerprints(folder)).toEqual(before);
  return ended.errors.trimEnd();
}

beforeAll(async () => {
  folder = await temporaryFolder();
  pictures = join(folder, 'pictures');
  await writePictures(pictures, ['blue', 'green', 'red'], 6);
  const made = await runCli(['train', ...settings(), '--experiment', 'made']);
  expect(made).toMatchObject({ exitCode: 0, errors: '' });
}, 120_000);

describe('data', () => {
  const train = (data: string, exitCode = 1) =>
    complaintOf(['train', ...settings(), '--data', data, '--experiment', 'new'], exitCode);

  it('that is an empty folder', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    expect(await train(empty)).toMatch(
      `No pictures in class folders in ${empty}. It is empty.\nExpected one folder per class`,
    );
  });

  it('that is no folder', async () => {
    expect(await train(join(folder, 'nowhere'))).toContain(`There is no folder ${join(folder, 'nowhere')}.`);
  });

  it('of one class only', async () => {
    const one = join(folder, 'one');
    await writePictures(one, ['blue'], 3);
    expect(await train(one)).toContain(`${one} holds one class only, blue; there is nothing to tell apart.`);
  });

  it('with a text that is named .jpg', async () => {
    const mixed = join(folder, 'mixed');
    await writePictures(mixed, ['blue', 'green'], 6);
    const text = join(mixed, 'blue', 'letter.jpg');
    await writeFile(text, 'Dear reader, this is no picture.');
    const complaint = await train(mixed);
    expect(complaint).toContain("1 of 13 pictures can't be read:");
    expect(complaint).toContain(text);
    expect(complaint).toContain(
      'Replace or delete these files, then start again; or leave them out with --unreadable-limit 1.',
    );
  });

  it('with fewer pictures than a batch', async () => {
    expect(
      await complaintOf(['train', ...settings(), '--batch-size', '64', '--experiment', 'new'], 1),
    ).toContain("The train split has 15 images, which don't fill a batch of 64.");
  });

  it('that has changed since the run began', async () => {
    const changed = join(folder, 'changed');
    await cp(pictures, changed, { recursive: true });
    const run = ['--data', changed, '--experiment', 'on-changed'];
    expect(await runCli(['train', ...settings(), ...run])).toMatchObject({ exitCode: 0 });
    await writePictures(changed, ['yellow'], 6);
    expect(await complaintOf(['train', '--resume', join(folder, 'runs', 'on-changed')], 1)).toContain(
      'The data has changed since the run began: it was 15 train and 3 validation pictures of 3 classes (blue, green, red), and is now 20',
    );
  });
});

describe('settings', () => {
  it('with a size that the patch does not divide', async () => {
    expect(await complaintOf(['train', ...settings(), '--img-size', '20', '--experiment', 'new'], 2)).toBe(
      '--img-size 20 is not a multiple of --patch-size 8: take 16 or 24, or another patch.',
    );
  });

  it('with an unknown flag', async () => {
    expect(await complaintOf(['train', ...settings(), '--batchsize', '3'], 2)).toBe(
      'There is no flag --batchsize. Did you mean --batch-size? Nothing was done.',
    );
  });

  it('with an unknown command', async () => {
    expect(await complaintOf(['trian'], 2)).toBe('There is no command "trian". Did you mean "train"?');
    expect(await complaintOf(['--epochs', '3', 'train'], 2)).toContain('There is no command "--epochs".');
    expect(await complaintOf(['evaluate'], 2)).toBe('RUN is missing; --help tells what the command takes.');
    expect(await complaintOf(['report'], 2)).toBe('Say what to report on: a run folder, or several.');
  });

  it('with a backend that is not there', async () => {
    const words = ['train', ...settings(), '--backend', 'native', '--experiment', 'new'];
    const complaint = await complaintOf(words, 1, hideNative);
    expect(complaint).toContain('The backend "native" was asked for and does not work:');
    expect(complaint).toContain('@tensorflow/tfjs-node-gpu is not installed');
    expect(await complaintOf([...words, '--backend', 'webgpu'], 2)).toBe(
      '--backend is "webgpu", but expected is auto, native, wasm or cpu.',
    );
  });

  it('under which a loss stops being a number', async () => {
    const run = join(folder, 'runs', 'diverged');
    const ended = await runCli([
      'train',
      ...settings(),
      '--lr',
      '1e30',
      '--epochs',
      '4',
      '--experiment',
      'diverged',
    ]);
    expect(ended.exitCode).toBe(1);
    expect(ended.errors).toMatch(
      /^\w+\.?\w* became (NaN|-?Infinity) at step \d+ \(learning rate [\de+.]+\)\. Lower the learning rate, clip the gradients, or look for broken images\./,
    );
    const lines = readFileSync(runPaths(run).metrics, 'utf8').trimEnd().split('\n');
    expect(lines.every((line) => typeof JSON.parse(line).loss === 'number')).toBe(true);
  });
});

describe('runs', () => {
  const made = () => join(folder, 'runs', 'made');

  it('are never written over', async () => {
    expect(await complaintOf(['train', ...settings(), '--experiment', 'made'], 2)).toContain(
      `${made()} already holds a run; go on with it by --resume ${made()}, or choose another name with --experiment.`,
    );
  });

  it('are not resumed with settings that contradict them', async () => {
    expect(
      await complaintOf(['train', '--resume', made(), '--epochs', '5', '--lr', '1', '--seed', '0'], 2),
    ).toBe(
      'A run is resumed with its own settings, but --epochs was 2 and is now 5; --lr was 0.0005 and is now 1. Leave these out, or start a new run. Nothing was changed.',
    );
  });

  it('that are not there', async () => {
    expect(await complaintOf(['train', '--resume', 'mode', '--output', 'runs'], 2)).toBe(
      'There is no run mode, neither as a folder nor in runs. Did you mean runs/made?',
    );
    expect(await complaintOf(['evaluate', pictures], 2)).toBe(
      `${pictures} is no run folder: it has no config.json.`,
    );
  });

  it('with a truncated checkpoint', async () => {
    const run = join(folder, 'runs', 'truncated');
    await cp(made(), run, { recursive: true });
    const { lastCheckpoint } = runPaths(run);
    await truncate(lastCheckpoint, 3000);
    for (const words of [
      ['train', '--resume', run],
      ['evaluate', run, '--checkpoint', 'last'],
    ])
      expect(await complaintOf(words, 1)).toContain(lastCheckpoint);
  });

  it('with a checkpoint of another model', async () => {
    const run = join(folder, 'runs', 'other');
    const other = await runCli(['train', ...settings(), '--channels', '16', '--experiment', 'other']);
    expect(other.exitCode).toBe(0);
    const { lastCheckpoint } = runPaths(run);
    await copyFile(runPaths(made()).lastCheckpoint, lastCheckpoint);
    for (const words of [
      ['train', '--resume', run],
      ['evaluate', run, '--checkpoint', 'last'],
    ]) {
      const complaint = await complaintOf(words, 1);
      expect(complaint).toContain(`${lastCheckpoint} is a checkpoint of another model`);
      expect(complaint).toContain('model.backbone.patchEmbedding.weight is [192,8], expected [192,16]');
    }
  });

  it('without the checkpoint that is asked for', async () => {
    const run = join(folder, 'runs', 'bare');
    await mkdir(run);
    await copyFile(runPaths(made()).config, runPaths(run).config);
    expect(await complaintOf(['evaluate', run], 1)).toContain(`${run} has no checkpoint "best" yet`);
    expect(existsSync(runPaths(run).checkpoints)).toBe(false);
  });

  it('with lines of metrics that were changed by hand', async () => {
    const run = join(folder, 'runs', 'edited');
    await cp(made(), run, { recursive: true });
    await writeFile(runPaths(run).metrics, 'hello\n');
    expect(await complaintOf(['train', '--resume', run], 1)).toContain(
      'metrics.jsonl line 1 is no line of metrics.',
    );
  });
});

describe('--debug', () => {
  it('shows where an error happened', async () => {
    const ended = await runCli(['train', ...settings(), '--data', 'nowhere', '--debug'], { cwd: folder });
    expect(ended.exitCode).toBe(1);
    expect(ended.errors).toMatch(/There is no folder .*\n {4}at /s);
  });
});
