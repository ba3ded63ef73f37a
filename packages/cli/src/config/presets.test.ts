import { describe, expect, it } from 'vitest';
import { type PresetName, presets } from './presets.js';
import { resolveConfig } from './resolve-config.js';

const resolved = (preset: PresetName, request = {}) =>
  resolveConfig({ preset, data: { path: 'fashion-mnist' }, ...request });

describe('presets', () => {
  it.each(Object.keys(presets) as PresetName[])(
    '%s is a whole recipe, and every setting in it is one',
    (name) => {
      const config = resolved(name);
      for (const [group, members] of Object.entries(presets[name].settings))
        expect(config[group as keyof typeof config], group).toMatchObject(members);
    },
  );

  it("is the paper's recipe", () => {
    expect(resolved('paper')).toMatchObject({
      labels: { absolute: 0.5, relative: 0, smoothing: 0.1 },
      augmentation: { randAugment: 'rand-m9-mstd0.5-inc1', erasing: 0.25, mixup: 0.8, cutmix: 0, repeats: 1 },
      model: { channels: 768, depth: 12, heads: 12, patchSize: 16, dropPath: 0 },
      training: { batchSize: 256, epochs: 300 },
      optimiser: { name: 'adamw', betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.05, clipNorm: 5 },
      schedule: { learningRate: 2.5e-4, minimumLearningRate: 5e-6, warmupEpochs: 10, shape: 'cosine' },
    });
  });

  it("is DeiT's recipe, its learning rate by the pictures of a step", () => {
    expect(resolved('deit')).toMatchObject({
      labels: { absolute: 0, relative: 0 },
      augmentation: { mixup: 0.8, cutmix: 1, repeats: 3, erasing: 0.25 },
      model: { dropPath: 0.1 },
      optimiser: { clipNorm: 0 },
      schedule: { learningRate: 1e-3, minimumLearningRate: 1e-5, warmupEpochs: 5, warmupLearningRate: 1e-6 },
    });
    const small = { training: { batchSize: 64 }, optimiser: { accumulation: 16 } };
    expect(resolved('deit', small).schedule.learningRate).toBe(1e-3);
  });

  it("is MAE's fine-tuning", () => {
    expect(resolved('mae-finetune')).toMatchObject({
      model: { dropPath: 0.1, pooling: 'average' },
      augmentation: { mixup: 0.8, cutmix: 1 },
      training: { epochs: 100 },
      optimiser: { layerDecay: 0.65 },
      schedule: { learningRate: 2e-3 },
    });
  });

  it("is SimMIM's pretraining", () => {
    expect(resolved('simmim-pretrain')).toMatchObject({
      data: { imageSize: 192 },
      masking: { keepRatio: 0.4, cellSize: 32, pixelTarget: 'plain' },
      model: { channels: 128, depths: [2, 2, 18, 2], heads: 4, windowSize: 6, dropPath: 0 },
      augmentation: { scale: [0.67, 1], randAugment: 'none' },
      optimiser: { betas: [0.9, 0.999], weightDecay: 0.05, clipNorm: 5 },
      schedule: { learningRate: 8e-4, minimumLearningRate: 1e-5, warmupEpochs: 10, warmupLearningRate: 1e-6 },
    });
  });

  it("is MAE's pretraining", () => {
    expect(resolved('mae-pretrain')).toMatchObject({
      masking: { keepRatio: 0.25, pixelTarget: 'normalised', decoderChannels: 512, decoderDepth: 8 },
      model: { channels: 768, patchSize: 16, positionEncoding: 'sine-cosine', dropPath: 0 },
      augmentation: { scale: [0.2, 1], randAugment: 'none', mixup: 0 },
      training: { batchSize: 4096, epochs: 800 },
      optimiser: { betas: [0.9, 0.95], weightDecay: 0.05, clipNorm: 0 },
      schedule: { learningRate: 2.4e-3, minimumLearningRate: 0, warmupEpochs: 40 },
    });
  });
});
