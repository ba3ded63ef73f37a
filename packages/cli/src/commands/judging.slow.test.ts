import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEvents } from '@whereabouts/tensorboard';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { nativeEngineIsLinked } from '../../../../testing/native-engine.js';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { metricsOf, runCli } from '../../testing/run-cli.js';
import { runPaths } from '../run/run-paths.js';

let folder = '';
let pictures = '';
let unlabelled = '';
let output = '';

const model = [
  ...['--model', 'vit', '--channels', '16', '--depth', '1', '--heads', '2', '--img-size', '16'],
  ...['--patch-size', '4', '--batch-size', '4', '--decoder-channels', '8', '--decoder-heads', '2'],
];
const pretrain = (...more: string[]) =>
  runCli([
    ...['pretrain', '--data', pictures, ...model, '--epochs', '3', '--lr', '0.01', '--relative', '0.5'],
    ...['--output', output, ...more],
  ]);
const on = (word: string, run: string, ...more: string[]) =>
  runCli([word, run, '--output', output, '--backend', 'cpu', ...more]);

beforeAll(async () => {
  folder = await temporaryFolder();
  pictures = join(folder, 'pictures');
  unlabelled = join(folder, 'unlabelled');
  output = join(folder, 'runs');
  await writePictures(pictures, ['blue', 'green', 'red'], 10);
  for (const name of ['blue', 'green', 'red'])
    for (const file of readdirSync(join(pictures, name)))
      await cp(join(pictures, name, file), join(unlabelled, `${name}-${file}`));
});

describe('whereabouts pretrain', () => {
  it('learns to paint and where tokens sit, and leaves reconstructions to look at', async () => {
    const {
      exitCode,
      errors,
      output: lines,
    } = await pretrain(
      ...[
        '--experiment',
        'whole',
        '--backend',
        'cpu',
        '--pictures',
        '2',
        '--executor',
        'eager',
        '--tensorboard',
      ],
    );
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    expect(lines).toContain('4 positions are seen, the others painted (plain pixels)');
    expect(lines).not.toContain('classes accuracy');
    const paths = runPaths(join(output, 'whole'));
    const evaluations = metricsOf(paths.metrics).filter(({ kind }) => kind === 'evaluation');
    const [first, , last] = evaluations;
    expect(Number(last?.['pixels.loss'])).toBeLessThan(Number(first?.['pixels.loss']));
    expect(last?.best).toBe(true);
    expect(readdirSync(paths.reconstructions).sort()).toEqual(['1.png', '2.png']);
    const [events = ''] = readdirSync(paths.tensorBoard);
    const shown = readEvents(await readFile(join(paths.tensorBoard, events)));
    const tagged = (tag: string) =>
      shown.flatMap(({ step, values }) =>
        values.filter((value) => value.tag === tag).map((value) => ({ ...value, step })),
      );
    expect(tagged('validation/loss')).toEqual(
      evaluations.map(({ step, loss }) => ({
        tag: 'validation/loss',
        scalar: Math.fround(Number(loss)),
        step,
      })),
    );
    expect(tagged('training/loss')).toHaveLength(18);
    expect(tagged('painted/2')).toMatchObject([{ step: 18, image: { height: 16, width: 52 } }]);
    expect(tagged('weights/backbone.blocks.0.mlp.hidden.bias').at(-1)).toMatchObject({
      histogram: { count: 64 },
    });
    const page = await readFile(paths.report, 'utf8');
    expect(page.match(/alt="seen, painted, original"/g)).toHaveLength(2);
    expect(page).toContain('Classes: the run learned none.');
    const { data, info } = await sharp(join(paths.reconstructions, '1.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 3 * 16 + 4, height: 16, channels: 3 });
    const column = (x: number) => [...data.subarray((8 * 52 + x) * 3, (8 * 52 + x) * 3 + 3)];
    expect(column(16)).toEqual([255, 255, 255]); // between the pictures
    expect(column(36)).not.toEqual([255, 255, 255]);
  });

  it('goes on after a stop with the numbers of a run that was never stopped', async () => {
    const stopped = await pretrain('--experiment', 'parts', '--backend', 'cpu', '--step-budget', '7');
    expect(stopped.output).toContain('Stopped after step 7 of 18');
    const resumed = await runCli([
      ...['pretrain', '--resume', 'parts', '--output', output, '--step-budget', 'none'],
    ]);
    expect(resumed).toMatchObject({ exitCode: 0, errors: '' });
    const [parts, whole] = ['parts', 'whole'].map((run) => metricsOf(runPaths(join(output, run)).metrics));
    expect(parts).toEqual(whole);
  });

  it('needs no labels', async () => {
    const { exitCode, errors } = await pretrain(
      ...['--data', unlabelled, '--experiment', 'unlabelled', '--backend', 'cpu', '--epochs', '1'],
    );
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
  });

  it.runIf(nativeEngineIsLinked())('compiled, gives the losses of running op by op', async () => {
    const {
      exitCode,
      errors,
      output: lines,
    } = await pretrain(...['--experiment', 'compiled', '--backend', 'native', '--executor', 'compiled']);
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    expect(lines).toContain('compiled float32');
    const [compiled, whole] = ['compiled', 'whole'].map((run) =>
      metricsOf(runPaths(join(output, run)).metrics),
    );
    expect(compiled?.length).toBe(whole?.length);
    expect(Number(compiled?.at(-1)?.loss)).toBeCloseTo(Number(whole?.at(-1)?.loss), 3);
  });

  it.each([
    [['--keep-ratio', '1.5'], '--keep-ratio is 1.5, but expected is none, or a share above 0 and up to 1.'],
    [['--keep-ratio=-0.5'], '--keep-ratio is -0.5, but expected is none, or a share above 0 and up to 1.'],
    [['--keep-ratio', '0'], '--keep-ratio is 0, but expected is none, or a share above 0 and up to 1.'],
    [['--keep-ratio', '0.01'], '--keep-ratio 0.01 keeps none of the 16 patches; a share of 0.063 keeps one.'],
    [['--keep-ratio', '1'], '--keep-ratio 1 keeps all 16 patches, which leaves nothing to paint'],
    [['--keep-ratio', 'none'], 'Pretraining masks pictures, but --keep-ratio is none'],
    [['--mask-ratio', '0.5', '--keep-ratio', '0.5'], '--mask-ratio is 1 - --keep-ratio; give one of them.'],
    [['--patch-size', '16'], '--img-size 16 and --patch-size 16 make a grid of one token'],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, errors } = await pretrain('--experiment', 'refused', ...flags);
    expect(errors).toContain(message);
    expect(exitCode).toBe(2);
    expect(existsSync(join(output, 'refused'))).toBe(false);
  });
});

describe('whereabouts knn and probe', () => {
  it('judge the whole ViT, by features that are computed once', async () => {
    const knn = await on('knn', 'whole', '--neighbours', '3', '--json');
    expect(knn).toMatchObject({ exitCode: 0, errors: '' });
    const found = JSON.parse(knn.output);
    expect(found).toMatchObject({ split: 'validation', known: 27, images: 3, neighbours: 3, chance: 1 / 3 });
    expect(found.accuracy).toBe(1);
    const { features } = runPaths(join(output, 'whole'));
    const written = () =>
      readdirSync(features).map((name) => [name, statSync(join(features, name)).mtimeMs] as const);
    const before = written();
    expect(before.map(([name]) => name).sort()).toEqual(['train.safetensors', 'validation.safetensors']);
    const probe = await on('probe', 'whole', '--lr-base', '10', '--batch-size', '9');
    expect(probe).toMatchObject({ exitCode: 0, errors: '' });
    expect(probe.output).toContain('accuracy 100.0 % (largest class 33.3 %)');
    expect(written()).toEqual(before);
  });

  it('take other data with labels where the run had none, and say that they need them', async () => {
    const without = await on('knn', 'unlabelled');
    expect(without.exitCode).toBe(2);
    expect(without.errors).toContain('have no labels, and this needs classes');
    const judged = await on('knn', 'unlabelled', '--data', pictures);
    expect(judged).toMatchObject({ exitCode: 0, errors: '' });
    expect(judged.output).toContain('(largest class 33.3 %)');
  });
});

describe('whereabouts finetune', () => {
  const finetune = (...words: string[]) =>
    runCli([
      ...['finetune', '--output', output, '--backend', 'cpu', '--epochs', '1', '--batch-size', '4', ...words],
    ]);

  it('starts from a pretrained run, with its model and data', async () => {
    const tuned = await finetune('--from', 'whole', '--experiment', 'tuned');
    expect(tuned).toMatchObject({ exitCode: 0, errors: '' });
    expect(tuned.output).toContain('vit: 16 channels, 1 blocks, 2 heads');
    expect(tuned.output).toContain('the head pixels of the file is left out');
    expect(tuned.output).toContain('classes accuracy');
  });

  it('takes everything of a fine-tuning recipe at once, and the average of the tokens', async () => {
    const recipe = [
      ...[
        '--layer-decay',
        '0.65',
        '--mixup',
        '0.8',
        '--cutmix',
        '1',
        '--drop-path',
        '0.1',
        '--smoothing',
        '0.1',
      ],
      ...['--model-ema', '--model-ema-decay', '0.9', '--pooling', 'average', '--partial', '--epochs', '3'],
    ];
    const tuned = await finetune('--from', 'whole', '--experiment', 'recipe', ...recipe);
    expect(tuned).toMatchObject({ exitCode: 0, errors: '' });
    const paths = runPaths(join(output, 'recipe'));
    const { model, augmentation, labels, ema, optimiser } = JSON.parse(await readFile(paths.config, 'utf8'));
    expect(model).toMatchObject({ pooling: 'average', dropPath: 0.1 });
    expect(augmentation).toMatchObject({ mixup: 0.8, cutmix: 1 });
    expect({ ...labels, ...ema, ...optimiser }).toMatchObject({
      smoothing: 0.1,
      use: true,
      layerDecay: 0.65,
    });
    const losses = metricsOf(paths.metrics).map(({ loss }) => Number(loss));
    expect(losses.every(Number.isFinite)).toBe(true);
    const inspected = await runCli(['inspect', paths.lastCheckpoint, '--json']);
    expect(inspected.output).toContain('ema');
  });

  it('refuses data without labels, and weights of another width with every name', async () => {
    const blind = await finetune('--from', 'unlabelled', '--experiment', 'refused');
    expect(blind.exitCode).toBe(2);
    expect(blind.errors).toContain('have no labels, and this needs classes');
    const wide = await finetune('--from', 'whole', '--channels', '32', '--experiment', 'refused');
    expect(wide.exitCode).toBe(1);
    expect(wide.errors).toContain('not fitting: patchEmbedding.weight is [48,16], expected [48,32]');
    const registers = ['--from', 'whole', '--registers', '2', '--experiment'];
    const deeper = await finetune(...registers, 'refused');
    expect(deeper.errors).toContain('missing: registers');
    expect(existsSync(join(output, 'refused'))).toBe(false);
    const partial = await finetune(...registers, 'partial', '--partial');
    expect(partial).toMatchObject({ exitCode: 0, errors: '' });
    expect(partial.output).toContain('missing: registers');
  });
});

describe('whereabouts convert', () => {
  it('leads from format to format and back to the same file, and tells what it drops', async () => {
    const at = (name: string) => join(folder, `${name}.safetensors`);
    const mae = await runCli(['convert', join(output, 'whole'), at('mae'), '--format', 'mae']);
    expect(mae).toMatchObject({ exitCode: 0, errors: '' });
    expect(mae.output).toContain('heads dropped: absolute, relative');
    await runCli(['convert', at('mae'), at('theirs'), '--format', 'hugging-face']);
    const back = await runCli(['convert', at('theirs'), at('again'), '--format', 'mae', '--json']);
    expect(JSON.parse(back.output)).toMatchObject({ recognised: "Hugging Face's ViTMAE", leftOut: [] });
    const tensors = async (file: string) => {
      const {
        metadata: _metadata,
        file: _file,
        ...rest
      } = JSON.parse((await runCli(['inspect', file, '--json'])).output);
      return rest;
    };
    expect(await tensors(at('again'))).toEqual(await tensors(at('mae')));
    const over = await runCli(['convert', at('mae'), at('theirs'), '--format', 'timm']);
    expect(over).toMatchObject({ exitCode: 2 });
    expect(over.errors).toContain('is there already; choose another name. Nothing was changed.');
  });

  it('refuses a file of PyTorch with the line that converts it', async () => {
    const file = join(folder, 'model.pth');
    await writeFile(file, 'pickle');
    for (const words of [
      ['convert', file, join(folder, 'new.safetensors'), '--format', 'timm'],
      ['inspect', file],
      ['finetune', '--from', file, '--data', pictures],
    ]) {
      const { exitCode, errors } = await runCli(words);
      expect(exitCode).toBe(2);
      expect(errors).toContain(
        `python -c 'import torch; from safetensors.torch import save_file; w = torch.load("${file}"`,
      );
    }
  });
});
