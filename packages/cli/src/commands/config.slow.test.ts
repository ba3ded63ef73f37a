import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli } from '../../testing/run-cli.js';

let cwd = '';
const whereabouts = (words: readonly string[]) => runCli(words, { cwd });

const small = `
data: { path: pictures, imageSize: 16 }
model: { name: vit, channels: 16, depth: 1, heads: 2, patchSize: 4 }
training: { batchSize: 4, epochs: 2 }
schedule: { learningRate: 1e-2 }
run: { backend: cpu }
`;

beforeAll(async () => {
  cwd = await temporaryFolder();
  await writePictures(join(cwd, 'pictures'), ['blue', 'green', 'red'], 10);
  await writeFile(join(cwd, 'small.yaml'), small);
}, 120_000);

describe('a config file', () => {
  it('trains as flags do, which count more, as --set does again', async () => {
    const words = [
      'train',
      '--config',
      'small.yaml',
      '--epochs',
      '3',
      '--set',
      'labels.absolute=0.25',
      '--json',
    ];
    const ended = await whereabouts([...words, '--experiment', 'first']);
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    const config = JSON.parse(await readFile(join(cwd, 'runs/first/config.json'), 'utf8'));
    expect(config).toMatchObject({
      data: { path: join(cwd, 'pictures'), imageSize: 16, perClass: 'all' },
      labels: { absolute: 0.25, relative: 0 },
      training: { batchSize: 4, epochs: 3, seed: 0 },
      schedule: { learningRate: 0.01, shape: 'cosine' },
    });

    const again = await whereabouts(['train', '--config', 'runs/first/config.json', '--experiment', 'again']);
    expect(again.exitCode).toBe(0);
    expect(metricsOf(join(cwd, 'runs/again/metrics.jsonl'))).toEqual(
      metricsOf(join(cwd, 'runs/first/metrics.jsonl')),
    );

    const events = ended.output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ event: 'start', steps: 18, config });
    const steps = events.filter(({ event }) => event === 'step');
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    expect(events.filter(({ event }) => event === 'evaluation')).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({ event: 'end', finished: true, reason: 'all steps', step: 18 });
  });

  it('with mistakes starts nothing, and tells all of them with their lines', async () => {
    await writeFile(join(cwd, 'wrong.yaml'), small.replace('epochs: 2', 'epoch: 2').replace('1e-2', 'fast'));
    const ended = await whereabouts(['train', '--config', 'wrong.yaml', '--experiment', 'wrong']);
    expect(ended).toMatchObject({ exitCode: 2, output: '' });
    expect(ended.errors).toContain(
      'There is no setting "training.epoch" (wrong.yaml:4). Did you mean training.epochs?',
    );
    await writeFile(join(cwd, 'wrong.yaml'), small.replace('1e-2', 'fast'));
    expect((await whereabouts(['train', '--config', 'wrong.yaml'])).errors).toBe(
      'schedule.learningRate (wrong.yaml:5) is "fast", but expected is a number above 0.\n',
    );
  });
});

describe('whereabouts init', () => {
  it.each(['whereabouts.yaml', 'config/whereabouts.ts'])(
    'writes %s, with which a training starts',
    async (to) => {
      await mkdir(join(cwd, 'config'), { recursive: true });
      const ended = await whereabouts(['init', 'pictures', '--to', to]);
      expect(ended).toMatchObject({ exitCode: 0, errors: '' });
      expect(ended.output).toContain(
        'pictures has 27 training pictures of 3 classes, the middle one 16 px on its shorter side.',
      );
      const few = ['--set', 'training.epochs=1', '--per-class', '1', '--backend', 'cpu', '--depth', '1'];
      const name = to.endsWith('ts') ? 'of-ts' : 'of-yaml';
      const trained = await whereabouts(['train', '--config', to, ...few, '--experiment', name]);
      expect(trained).toMatchObject({ exitCode: 0, errors: '' });
      const { data } = JSON.parse(await readFile(join(cwd, 'runs', name, 'config.json'), 'utf8'));
      expect(data).toMatchObject({ path: join(cwd, 'pictures'), imageSize: 16 });

      const before = readFileSync(join(cwd, to), 'utf8');
      const again = await whereabouts(['init', 'pictures', '--to', to]);
      expect(again).toMatchObject({
        exitCode: 2,
        output: '',
        errors: `${to} is there already, and is left alone; choose another name with --to.\n`,
      });
      expect(readFileSync(join(cwd, to), 'utf8')).toBe(before);
    },
  );

  it('says what it cannot look at, and how a config file may be called', async () => {
    expect((await whereabouts(['init', 'nowhere', '--to', 'n.yaml'])).errors).toContain('There is no folder');
    expect(await whereabouts(['init', 'pictures', '--to', 'n.json'])).toMatchObject({
      exitCode: 2,
      errors: '--to is "n.json", but expected is a name that ends in .yaml, .yml, .ts, .mts.\n',
    });
  });
});

describe('whereabouts bench', () => {
  it('measures the step, the reading, and both', async () => {
    const ended = await whereabouts(['bench', '--config', 'small.yaml', '--steps', '3', '--json']);
    expect(ended.exitCode).toBe(0);
    const measured = JSON.parse(ended.output);
    expect(measured).toMatchObject({
      backend: 'cpu',
      executor: 'eager',
      batchSize: 4,
      steps: 3,
      parameters: 4623,
    });
    const numbers = [
      measured.step.milliseconds,
      measured.data.imagesPerSecond,
      measured.training.imagesPerSecond,
    ];
    for (const number of [...numbers, measured.peakMebibytes]) expect(number).toBeGreaterThan(0);
    expect(measured.training.waitingShare).toBeGreaterThanOrEqual(0);
    expect(measured.training.waitingShare).toBeLessThan(1);
    const lines = await whereabouts(['bench', '--config', 'small.yaml', '--steps', '2']);
    expect(lines.output).toMatch(
      /\ntraining +[\d.]+ ms per step, [\d,]+ images\/s, [\d.]+ % of the time waiting/,
    );
  });
});
