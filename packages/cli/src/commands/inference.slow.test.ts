import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors } from '@whereabouts/weights/files';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { runCli } from '../../testing/run-cli.js';

let cwd = '';
const whereabouts = (words: readonly string[], input?: string) =>
  runCli(words, { cwd, ...(input === undefined ? {} : { input }) });

beforeAll(async () => {
  cwd = await temporaryFolder();
  await writePictures(join(cwd, 'pictures'), ['blue', 'green', 'red'], 10);
  await writeFile(join(cwd, 'letter.jpg'), 'Dear reader, this is no picture.');
  const made = await whereabouts([
    ...['train', '--data', 'pictures', '--img-size', '16', '--patch-size', '4', '--batch-size', '4'],
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
      '8',
      '--lr',
      '0.01',
    ],
    ...['--backend', 'cpu', '--experiment', 'made'],
  ]);
  expect(made).toMatchObject({ exitCode: 0, errors: '' });
}, 120_000);

describe('whereabouts predict', () => {
  it('tells the classes of files, of folders, and of a list on standard input', async () => {
    const words = ['predict', 'made', 'pictures/red', 'pictures/blue/1.png', '-', '--top-k', '2'];
    const { exitCode, output, errors } = await whereabouts(words, 'pictures/green/0.png\npictures/blue\n');
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    const lines = output.trimEnd().split('\n');
    expect(lines).toHaveLength(10 + 1 + 1 + 10);
    for (const line of lines) {
      const [, colour, first] = /^pictures\/(\w+)\/\d\.png {2}(\w+) [\d.]+ %, \w+ [\d.]+ %$/.exec(line) ?? [];
      expect(first, line).toBe(colour);
    }
  });

  it('leaves out what it cannot read, says so, and exits with 3', async () => {
    const words = [
      'predict',
      'runs/made',
      'letter.jpg',
      'nowhere.png',
      'pictures/red/0.png',
      '--format',
      'csv',
    ];
    const { exitCode, output, errors } = await whereabouts(words);
    expect(exitCode).toBe(3);
    expect(output).toMatch(/^file,rank,class,probability\npictures\/red\/0\.png,1,red,0\.\d+\n$/);
    const lines = errors.trimEnd().split('\n');
    expect(lines[0]).toContain("letter.jpg can't be read as a picture");
    expect(lines[1]).toContain("nowhere.png can't be read as a picture");
    expect(lines[2]).toBe('2 of 3 pictures could not be read and are left out.');
  });

  it('prints JSON, takes a checkpoint file, and needs neither the data nor the folder of the run', async () => {
    const file = 'runs/made/checkpoints/last.safetensors';
    const { exitCode, output } = await whereabouts([
      'predict',
      file,
      'pictures/red/0.png',
      'letter.jpg',
      '--json',
    ]);
    expect(exitCode).toBe(3);
    const { predictions, unreadable, ...facts } = JSON.parse(output);
    expect(facts).toEqual({ checkpoint: file, step: 48, classes: ['blue', 'green', 'red'] });
    expect(predictions).toMatchObject([{ file: 'pictures/red/0.png', classes: [{ class: 'red' }] }]);
    expect(unreadable).toMatchObject([{ file: 'letter.jpg' }]);
  });

  it.each([
    [['predict', 'made'], 2, 'Say which pictures: files, folders, or - for a list'],
    [['predict', 'made', 'runs'], 2, 'There are no pictures (.jpg, .jpeg, .png, .webp) in runs.'],
    [
      ['predict', 'made', 'pictures', '--format', 'tsv'],
      2,
      '--format is "tsv", but expected is lines, csv or json. Did',
    ],
    [['predict', 'letter.jpg', 'pictures'], 2, 'letter.jpg lies in no run folder'],
    [['predict', 'made', 'pictures', '--lr', '1'], 2, 'There is no flag --lr.'],
  ] as const)('refuses %j', async (words, exitCode, complaint) => {
    const ended = await whereabouts(words);
    expect(ended).toMatchObject({ exitCode, output: '' });
    expect(ended.errors).toContain(complaint);
  });
});

describe('whereabouts embed', () => {
  it('writes pooled features and the names of their files as safetensors', async () => {
    const words = ['embed', 'made', 'pictures/red', 'letter.jpg', '--to', 'red.safetensors'];
    const ended = await whereabouts(words);
    expect(ended.exitCode).toBe(3);
    expect(ended.output).toBe('features [10,16] of 10 pictures: red.safetensors\n');
    const { metadata, tensors } = await readSafetensors(join(cwd, 'red.safetensors'));
    expect(tensors.features?.shape).toEqual([10, 16]);
    expect(JSON.parse(metadata.files ?? '')[3]).toBe('pictures/red/3.png');
    expect(metadata).toMatchObject({
      features: 'pooled',
      checkpoint: 'runs/made/checkpoints/best.safetensors',
    });
  });

  it('writes tokens and their positions for NumPy', async () => {
    const words = ['embed', 'made', 'pictures/red', '--to', 'red.npy', '--features', 'tokens', '--json'];
    const ended = await whereabouts(words);
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    expect(JSON.parse(ended.output)).toMatchObject({
      written: ['red.npy', 'red.positions.npy', 'red.json'],
      shapes: { features: [10, 16, 16], positions: [10, 16] },
    });
    const bytes = readFileSync(join(cwd, 'red.positions.npy'));
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\u0093NUMPY\u0001\u0000', 'latin1'));
    expect(bytes.toString('latin1', 10, 128)).toContain(
      "'descr': '<i4', 'fortran_order': False, 'shape': (10, 16), }",
    );
    expect(bytes.readInt32LE(bytes.length - 4)).toBe(15);
    expect(JSON.parse(readFileSync(join(cwd, 'red.json'), 'utf8')).files).toHaveLength(10);
  });

  it.each([
    [[], '--to is missing, but expected is a file that ends in .safetensors or .npy.'],
    [['--to', 'red.txt'], '--to is "red.txt", but expected is a name that ends in .safetensors or .npy.'],
    [['--to', 'x.npy', '--stage', '2'], '--stage is 2, but the backbone has 1: 0 to 0'],
  ] as const)('refuses %j', async (more, complaint) => {
    const ended = await whereabouts(['embed', 'made', 'pictures/red', ...more]);
    expect(ended).toMatchObject({ exitCode: 2, output: '' });
    expect(ended.errors).toContain(complaint);
  });
});

describe('whereabouts inspect', () => {
  it('tells of a run its settings, data, sessions and checkpoints', async () => {
    const { exitCode, output } = await whereabouts(['inspect', 'runs/made']);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^runs\/made: finished\nsettings that are not the defaults\n {2}data\.path +"/);
    expect(output).toContain('  27 train and 3 validation pictures of 3 classes (blue, green, red)\n');
    expect(output).toMatch(/\n {2}runs\/made\/checkpoints\/last\.safetensors {2}step 48 +4,623 parameters\n/);
    const { settings, checkpoints } = JSON.parse(
      (await whereabouts(['inspect', 'runs/made', '--json'])).output,
    );
    expect(settings).toMatchObject({ 'model.channels': 16, 'schedule.learningRate': 0.01 });
    expect(checkpoints).toHaveLength(2);
  });

  it('tells of a checkpoint every tensor', async () => {
    const file = 'runs/made/checkpoints/last.safetensors';
    const { output } = await whereabouts(['inspect', file]);
    expect(output).toMatch(/\n {2}model\.backbone\.classToken +F32 +1 x 1 x 16 +16\n/);
    expect(output).toMatch(
      /\n {2}model +\d+ tensors +4,623 numbers\n {2}optimiser +\d+ tensors +9,246 numbers\n/,
    );
    const { numbers, metadata } = JSON.parse((await whereabouts(['inspect', file, '--json'])).output);
    expect(numbers).toBe(3 * 4623);
    expect(JSON.parse(metadata.progress)).toMatchObject({ step: 48 });
  });

  it('says what is no safetensors file', async () => {
    expect(await whereabouts(['inspect', 'letter.jpg'])).toMatchObject({
      exitCode: 1,
      output: '',
      errors: expect.stringContaining('letter.jpg is no safetensors file'),
    });
  });
});
