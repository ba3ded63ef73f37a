import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUsageError } from '../command-line/usage-error.js';
import { settingsByPath } from '../settings/settings.js';
import type { TrainingRequest } from '../settings/training-config.js';
import { checkSettings } from './check-settings.js';
import { readSettings } from './read-settings.js';
import { resolveConfig } from './resolve-config.js';
import { resumeConfig } from './resume-config.js';

const fashion = { path: 'fashion-mnist' };

const complaintOf = (request: object): string => {
  try {
    resolveConfig({ data: fashion, ...request } as TrainingRequest);
  } catch (error) {
    expect(isUsageError(error)).toBe(true);
    return (error as Error).message;
  }
  return 'no complaint';
};

describe('resolveConfig', () => {
  it('spells out every setting, by default as the flags tell', () => {
    const config = resolveConfig({ data: fashion });
    const values = new Map(
      readSettings(config, { folder: '' }).given.map(({ path, value }) => [path, value]),
    );
    expect([...values.keys()]).toEqual([...settingsByPath.keys()]);
    for (const [path, setting] of settingsByPath)
      if (setting.default !== undefined) expect(values.get(path), path).toEqual(setting.default);
    expect(checkSettings(Object.fromEntries(values), String)).toEqual({ config });
    expect(config).toMatchObject({
      model: { channels: 192, depth: 12, heads: 3 },
      evaluation: { batchSize: 64 },
      schedule: { learningRate: 5e-4, warmupEpochs: 3 },
    });
  });

  it('gives the same when it is given what it gave', () => {
    const config = resolveConfig({ preset: 'paper', data: fashion, training: { batchSize: 128 } });
    expect(resolveConfig(config)).toEqual(config);
  });

  it('makes the path of the data absolute, but for the built-in set', () => {
    const pathOf = (path: string) => resolveConfig({ data: { path } }).data.path;
    expect(pathOf('pictures')).toBe(join(process.cwd(), 'pictures'));
    expect(pathOf('./fashion-mnist')).toBe(join(process.cwd(), 'fashion-mnist'));
    expect(pathOf('fashion-mnist')).toBe('fashion-mnist');
  });

  it('lets what is given overrule the size of the model', () => {
    const modelOf = (model: TrainingRequest['model']) => resolveConfig({ data: fashion, model }).model;
    expect(modelOf({ name: 'vit-base', depth: 2 })).toMatchObject({ channels: 768, depth: 2, heads: 12 });
    expect(modelOf({ name: 'vit', channels: 8, depth: 1, heads: 2 })).toMatchObject({ channels: 8 });
  });

  it('spells out schedules', () => {
    const { labels } = resolveConfig({
      data: fashion,
      labels: { absolute: { from: 0, to: 0.5, epochs: 3 } },
    });
    expect(labels.absolute).toEqual({ from: 0, to: 0.5, shape: 'linear', epochs: 3 });
  });

  it('scales the base learning rate by the batch, unless the learning rate itself is given', () => {
    const rateOf = (request: TrainingRequest) =>
      resolveConfig({ data: fashion, ...request }).schedule.learningRate;
    expect(rateOf({ preset: 'paper' })).toBeCloseTo((5e-4 * 256) / 512, 12);
    expect(rateOf({ preset: 'paper', training: { batchSize: 1024 } })).toBeCloseTo(1e-3, 12);
    expect(rateOf({ preset: 'paper', optimiser: { accumulation: 4 } })).toBeCloseTo(1e-3, 12);
    expect(rateOf({ preset: 'paper', schedule: { learningRate: 3e-4 } })).toBe(3e-4);
    expect(rateOf({ schedule: { baseLearningRate: 1e-3 } })).toBe(2.5e-4);
  });

  it.each([
    [{ data: { path: '' } }, 'Say what to train on: --data with a folder of pictures'],
    [{ data: {} }, 'Say what to train on'],
    [{ training: { epochs: 'ten' } }, 'training.epochs is "ten", but expected is a whole number from 1 up.'],
    [{ training: { epochs: 1.5 } }, 'training.epochs is 1.5, but expected is a whole number from 1 up.'],
    [{ schedule: { learningRate: 0 } }, 'schedule.learningRate is 0, but expected is a number above 0.'],
    [
      { model: { name: 'vit-tinny' } },
      'model.name is "vit-tinny", but expected is vit-tiny, vit-small, vit-base, vit-large, deit-tiny, deit-small, deit-base, vit, swin-tiny, swin-small, swin-base, swin-large or swin. Did you mean "vit-tiny"?',
    ],
    [{ model: { name: 'vit' } }, '--channels is missing, but expected is'],
    [{ augmentation: { scale: [1, 0.5] } }, 'augmentation.scale is [1,0.5], but expected is two shares'],
    [{ run: { backend: 'webgpu' } }, 'run.backend is "webgpu", but expected is auto, native, wasm or cpu.'],
    [
      { labels: { pairs: 0 }, training: { seed: -1 } },
      'labels.pairs is 0, but expected is all, or a whole number from 1 up.\ntraining.seed is -1, but',
    ],
    [
      { labels: { absolute: -1 } },
      'labels.absolute is -1, but expected is a number from 0 up, or a schedule',
    ],
    [{ labels: { absolute: { from: 1 } } }, 'labels.absolute is {"from":1}, but expected is a number'],
    [
      { model: { name: 'deit-tiny', pooling: 'average' } },
      '--distillation-token stands beside a class token',
    ],
    [
      { data: { ...fashion, imageSize: 50 } },
      'data.imageSize 50 is not a multiple of --patch-size 8: take 48 or 56, or another patch.',
    ],
    [
      { data: { ...fashion, imageSize: 4 } },
      'data.imageSize 4 is not a multiple of --patch-size 8: take 8, or',
    ],
    [{ model: { heads: 5 } }, 'model.heads 5 does not divide --channels 192'],
    [
      { augmentation: { randAugment: 'rand-m9-q1' } },
      'augmentation.randAugment: "rand-m9-q1" is no RandAugment such as rand-m9-mstd0.5-inc1: it can\'t be told what "q1" means',
    ],
    [
      { model: { name: 'swin-tiny', positionEncoding: 'learned' } },
      'model.positionEncoding is learned, but model.name is swin-tiny: a Swin has a relative position bias instead',
    ],
    [
      { model: { name: 'swin-tiny', pooling: 'class-token' } },
      'model.pooling is class-token, but model.name is swin-tiny: a Swin has no class token',
    ],
    [
      { model: { name: 'swin-tiny', depth: 6 } },
      'model.depth is 6, but model.name is swin-tiny: a Swin has several stages; give --depths',
    ],
    [
      {
        data: { ...fashion, imageSize: 64 },
        model: { name: 'swin-tiny' },
        masking: { keepRatio: 0.4, cellSize: 16 },
      },
      'masking.cellSize 16 must divide data.imageSize 64 and be a multiple of the 32 px that a token of the last stage',
    ],
    [
      { data: { ...fashion, imageSize: 64 }, model: { name: 'swin-tiny' }, masking: { keepRatio: 0.1 } },
      'masking.keepRatio 0.1 keeps 0 of the 4 cells of 32 px, which leaves nothing to paint from',
    ],
    [
      { model: { depths: [2, 2] } },
      'model.depths is 2,2, but --model is vit-tiny: a ViT has one stage; give --depth',
    ],
    [
      { training: { epochs: 2 }, schedule: { warmupEpochs: 2 } },
      'schedule.warmupEpochs 2 leaves nothing of training.epochs 2',
    ],
    [{ schedule: { learningRate: 1e-6 } }, '--min-lr 0.000005 is above schedule.learningRate 0.000001'],
    [
      { training: { batchsize: 3 } },
      'There is no setting "training.batchsize". Did you mean training.batchSize?',
    ],
    [{ epochs: 3 }, 'There is no setting "epochs". Did you mean training.epochs?'],
    [{ model: { lr: 3 } }, 'There is no setting "model.lr". Did you mean schedule.learningRate?'],
    [{ optimizer: {} }, 'There is no setting "optimizer". Did you mean optimiser?'],
    [{ model: 'vit-tiny' }, 'model is "vit-tiny", but it is a group of settings: name, backbone,'],
    [{ preset: 'papers' }, 'preset is "papers", but expected is one of paper'],
  ])('refuses %j', (request, complaint) => {
    expect(complaintOf(request)).toContain(complaint);
  });
});

describe('a Swin', () => {
  it('has the shape that its name says', () => {
    const { model } = resolveConfig({
      data: { path: 'fashion-mnist', imageSize: 224 },
      model: { name: 'swin-small' },
    });
    expect(model).toMatchObject({ channels: 96, depths: [2, 2, 18, 2], depth: 24, heads: 3, windowSize: 7 });
    expect(model).toMatchObject({ patchSize: 4, pooling: 'average', positionEncoding: 'none' });
  });

  it('has the shape that is given', () => {
    const shape = { name: 'swin', channels: 48, depths: [2, 2, 2], heads: 2 } as const;
    const { model } = resolveConfig({ data: { path: 'fashion-mnist', imageSize: 32 }, model: shape });
    expect(model).toMatchObject({ ...shape, depth: 6, mergeLastStage: true, relativePositionBias: true });
  });
});

describe('resumeConfig', () => {
  const stored = resolveConfig({ data: fashion, training: { epochs: 20 } });
  const given = (path: string, value: unknown, name = path) => ({ path, value, name });

  it('takes the settings of the run, and others of how it runs', () => {
    expect(resumeConfig(stored, [])).toEqual(stored);
    const changes = [given('training.epochs', 20), given('run.backend', 'wasm'), given('run.threads', 1)];
    expect(resumeConfig(stored, [changes])).toEqual({
      ...stored,
      run: { ...stored.run, backend: 'wasm', threads: 1 },
    });
  });

  it('names everything that contradicts the run', () => {
    const contradicting = [
      given('augmentation.scale', [0.1, 1], '--scale'),
      given('training.epochs', 2, '--epochs'),
      given('schedule.learningRate', 1, '--lr'),
      given('training.seed', 0),
    ];
    expect(() => resumeConfig(stored, [contradicting])).toThrow(
      /--scale was \[0.5,1\] and is now \[0.1,1\]; --epochs was 20 and is now 2; --lr was 0.0005 and is now 1\. Leave/,
    );
  });
});
