import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli } from '../../testing/run-cli.js';

let cwd = '';
const small = [
  ...['train', '--data', 'pictures', '--img-size', '16', '--patch-size', '4', '--batch-size', '4'],
  ...[
    '--model',
    'vit',
    '--channels',
    '16',
    '--depth',
    '2',
    '--heads',
    '2',
    '--lr',
    '0.01',
    '--backend',
    'cpu',
  ],
];

/** Trains into a run of that name, which must succeed. */
async function train(name: string, ...more: string[]) {
  const ended = await runCli([...small, '--experiment', name, ...more], { cwd });
  expect(ended).toMatchObject({ exitCode: 0, errors: '' });
  return ended.output;
}
const metrics = (name: string) => metricsOf(join(cwd, 'runs', name, 'metrics.jsonl'));
const evaluations = (name: string) => metrics(name).filter(({ kind }) => kind === 'evaluation');

beforeAll(async () => {
  cwd = await temporaryFolder();
  await writePictures(join(cwd, 'pictures'), ['blue', 'green', 'red'], 10);
}, 120_000);

describe('everything at once', () => {
  const everything = [
    ...[
      '--aa',
      'rand-m9-mstd0.5-inc1',
      '--reprob',
      '0.25',
      '--mixup',
      '0.8',
      '--cutmix',
      '1',
      '--aug-repeats',
      '2',
    ],
    ...['--model-ema', '--model-ema-decay', '0.9', '--grad-accum-steps', '2', '--layer-decay', '0.75'],
    ...['--absolute', 'from=1,to=0,epochs=3', '--weight-decay', 'from=0.05,to=0.1', '--drop-path', '0.1'],
    ...['--registers', '2', '--layer-scale', '1e-2', '--position-encoding', 'conditional', '--flip-test'],
    ...['--sched', 'linear', '--warmup-lr', '1e-5', '--checkpoint-hist', '2', '--epochs', '4'],
  ];

  it('gives the same numbers when a budget stops it and it goes on', async () => {
    await train('whole', ...everything, '--workers', '1');
    const stopped = await train('parts', ...everything, '--step-budget', '5', '--workers', '0');
    expect(stopped).toContain('Stopped after step 5 of 12 (step budget); a checkpoint is written.');
    const resumed = await runCli(['train', '--resume', 'parts', '--step-budget', 'none'], { cwd });
    expect(resumed).toMatchObject({ exitCode: 0, errors: '' });
    expect(metrics('parts')).toEqual(metrics('whole'));
    expect(metrics('whole')[0]).toMatchObject({ images: 8, weights: { absolute: 1 } });
    const kept = readdirSync(join(cwd, 'runs/whole/checkpoints')).filter((name) =>
      name.startsWith('best-step-'),
    );
    expect(kept).toHaveLength(2);
  });

  it('evaluates what it trained', async () => {
    const { output } = await runCli(['evaluate', 'whole', '--checkpoint', 'last', '--json'], { cwd });
    const {
      kind: _kind,
      epoch: _epoch,
      best: _best,
      images,
      step,
      ...last
    } = evaluations('whole').at(-1) ?? {};
    expect(JSON.parse(output)).toMatchObject({ images, step, metrics: last });
  });
});

describe('a teacher and weights to start from', () => {
  it('teaches a student with a distillation token', async () => {
    await train('teacher', '--epochs', '4');
    const word = ['--teacher-path', 'runs/teacher', '--distillation-type', 'soft', '--distillation-tau', '2'];
    await train('student', '--epochs', '1', '--distillation-token', ...word);
    const predicted = await runCli(['predict', 'student', 'pictures/red/0.png'], { cwd });
    expect(predicted).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('starts from a run, the heads alone learning', async () => {
    const output = await train(
      'probe',
      '--epochs',
      '1',
      '--initial-checkpoint',
      'runs/teacher',
      '--freeze',
      'backbone',
    );
    expect(output).toMatch(
      /\nweights {3}\d+ tensors of the backbone are from .*teacher\/checkpoints\/best\.safetensors\n/,
    );
    expect(output).toContain('\nweights   the head classes is taken too\n');
    const [first] = evaluations('probe');
    expect(first?.['classes.accuracy']).toBe(1);
  });

  it('says when they are not there, or of another model', async () => {
    const missing = await runCli([...small, '--teacher-path', 'nowhere'], { cwd });
    expect(missing.exitCode).toBe(2);
    expect(missing.errors).toContain(
      `The teacher is ${join(cwd, 'nowhere')}, but there is no such file or folder.`,
    );
    const other = await runCli([...small, '--initial-checkpoint', 'runs/teacher', '--channels', '8'], {
      cwd,
    });
    expect(other.exitCode).toBe(1);
    expect(other.errors).toContain('best.safetensors holds the weights of another model.');
  });
});

describe('other pictures', () => {
  it('without labels teach position labels alone, and give features but no classes', async () => {
    await mkdir(join(cwd, 'flat'));
    for (const colour of ['blue', 'red'])
      for (let number = 0; number < 6; number += 1)
        await copyFile(
          join(cwd, 'pictures', colour, `${number}.png`),
          join(cwd, 'flat', `${colour}${number}.png`),
        );
    const output = await train('flat-run', '--data', 'flat', '--epochs', '1', '--pooling', 'average');
    expect(output).toContain(
      'flat, pictures without labels: 11 train and 1 validation pictures without labels\n',
    );
    expect(output).toContain('\nBest: loss ');
    const predicted = await runCli(['predict', 'flat-run', 'flat'], { cwd });
    expect(predicted.exitCode).toBe(1);
    expect(predicted.errors).toContain('so it knows no classes; embed takes its features.');
    const nothing = await runCli([...small, '--data', 'flat', '--absolute', '0'], { cwd });
    expect(nothing).toMatchObject({ exitCode: 2 });
    expect(nothing.errors).toContain('so position labels are all that can be learned of them');
  });

  it('that cannot be read are left out up to a limit, and told', async () => {
    await writePictures(join(cwd, 'mixed'), ['blue', 'red'], 8);
    await writeFile(join(cwd, 'mixed/blue/letter.jpg'), 'Dear reader, this is no picture.');
    const refused = await runCli([...small, '--data', 'mixed', '--epochs', '1'], { cwd });
    expect(refused.exitCode).toBe(1);
    const output = await train('mixed-run', '--data', 'mixed', '--epochs', '1', '--unreadable-limit', '1');
    expect(output).toMatch(/\n {10}1 other files were not taken, such as .*letter\.jpg/);
    expect(readFileSync(join(cwd, 'runs/mixed-run/environment.json'), 'utf8')).not.toContain('letter');
  });

  it('stop a training that no longer gets better', async () => {
    const output = await train('early', '--epochs', '40', '--patience', '2', '--val-interval-steps', '3');
    expect(output).toMatch(/\nStopped early, after step \d+ of 240\.\n/);
    expect(evaluations('early').length).toBeLessThan(40);
  });
});
