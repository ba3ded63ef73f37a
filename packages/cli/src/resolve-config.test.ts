import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Flag } from './flag.js';
import { resolveConfig } from './resolve-config.js';
import { resumeConfig } from './resume-config.js';
import { type TrainingRequest, trainingConfigSchema } from './training-config.js';
import { trainingFlags } from './training-flags.js';
import { isUsageError } from './usage-error.js';

const complaintOf = (request: Record<string, unknown>): string => {
  try {
    resolveConfig({ data: 'pictures', ...request } as TrainingRequest);
  } catch (error) {
    expect(isUsageError(error)).toBe(true);
    return (error as Error).message;
  }
  return 'no complaint';
};

describe('resolveConfig', () => {
  it('spells out every default, as the flags tell them', () => {
    const config = resolveConfig({ data: 'fashion-mnist' });
    expect(trainingConfigSchema.parse(config)).toEqual(config);
    for (const [field, flag] of Object.entries(trainingFlags) as [keyof typeof config, Flag][])
      if (flag.default !== undefined) expect(config[field], flag.flag).toEqual(flag.default);
    expect(config).toMatchObject({
      channels: 192,
      depth: 12,
      heads: 3,
      evaluationBatchSize: 64,
      warmupEpochs: 3,
    });
  });

  it('makes the path of the data absolute, but for the built-in set', () => {
    expect(resolveConfig({ data: 'pictures' }).data).toBe(join(process.cwd(), 'pictures'));
    expect(resolveConfig({ data: './fashion-mnist' }).data).toBe(join(process.cwd(), 'fashion-mnist'));
    expect(resolveConfig({ data: 'fashion-mnist' }).data).toBe('fashion-mnist');
  });

  it('lets what is given overrule the size of the model', () => {
    expect(resolveConfig({ data: 'x', model: 'vit-base', depth: 2 })).toMatchObject({
      channels: 768,
      depth: 2,
      heads: 12,
    });
    expect(resolveConfig({ data: 'x', model: 'vit', channels: 8, depth: 1, heads: 2 })).toMatchObject({
      channels: 8,
    });
  });

  it.each([
    [{ data: '' }, 'Say what to train on: --data with a folder of pictures'],
    [{ epochs: 'ten' }, '--epochs is "ten", but expected is a whole number from 1 up.'],
    [{ epochs: 1.5 }, '--epochs is 1.5, but expected is a whole number from 1 up.'],
    [{ learningRate: 0 }, '--lr is 0, but expected is a number above 0.'],
    [
      { model: 'swin' },
      '--model is "swin", but expected is vit-tiny, vit-small, vit-base, vit-large or vit.',
    ],
    [{ model: 'vit' }, '--channels is missing, but expected is'],
    [{ scale: [1, 0.5] }, '--scale is [1,0.5], but expected is two shares'],
    [{ backend: 'webgpu' }, '--backend is "webgpu", but expected is auto, native, wasm or cpu.'],
    [{ absolute: -1, seed: -1 }, '--absolute is -1, but expected is a number from 0 up; --seed is -1, but'],
    [{ imageSize: 50 }, '--img-size 50 is not a multiple of --patch-size 8: take --img-size 48 or 56'],
    [{ imageSize: 4 }, '--img-size 4 is not a multiple of --patch-size 8: take --img-size 8, or'],
    [{ heads: 5 }, '--heads 5 does not divide --channels 192'],
    [{ epochs: 2, warmupEpochs: 2 }, '--warmup-epochs 2 leaves nothing of --epochs 2'],
    [{ learningRate: 1e-6 }, '--min-lr 0.000005 is above --lr 0.000001'],
    [{ batchsize: 3 }, 'There is no setting "batchsize".'],
  ])('refuses %j', (request, complaint) => {
    expect(complaintOf(request)).toContain(complaint);
  });
});

describe('resumeConfig', () => {
  const stored = resolveConfig({ data: 'fashion-mnist', epochs: 20 });

  it('takes the settings of the run, and others of how it runs', () => {
    expect(resumeConfig(stored, {})).toEqual(stored);
    expect(resumeConfig(stored, { epochs: 20, backend: 'wasm', threads: 1 })).toEqual({
      ...stored,
      backend: 'wasm',
      threads: 1,
    });
  });

  it('names every flag that contradicts the run', () => {
    expect(() => resumeConfig(stored, { epochs: 2, learningRate: 1, seed: 0, scale: [0.1, 1] })).toThrow(
      /--scale was 0.5,1 and is now 0.1,1; --epochs was 20 and is now 2; --lr was 0.0005 and is now 1\. Leave/,
    );
  });
});
