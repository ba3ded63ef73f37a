import { batches } from '@whereabouts/data';
import { expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import type { TrainingRequest } from '../settings/training-config.js';
import { evaluationBatchOptions, trainingBatchOptions } from './batch-options.js';

const configOf = (request: TrainingRequest = {}) =>
  resolveConfig({ ...request, data: { path: 'fashion-mnist', imageSize: 16, ...request.data } });
const silent = () => {};
const grey = {
  name: 'grey',
  length: 8,
  classes: Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1),
  read: async () => ({ width: 16, height: 16, pixels: new Uint8Array(16 * 16 * 3).fill(128) }),
  describe: (index: number) => `grey ${index}`,
};
const normalisation = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;

it.each([['paper'], ['deit'], ['mae-finetune'], [undefined]] as const)(
  'the batches of preset %s are what its settings say',
  async (preset) => {
    const config = configOf({
      ...(preset && { preset }),
      training: { batchSize: 2 },
      data: { workers: 0 },
      schedule: { learningRate: 1e-3 },
    });
    const options = { ...trainingBatchOptions(config, 3, silent), normalisation };
    for await (const batch of batches(grey, options).epoch(0)) {
      expect(batch.images?.shape).toEqual([2, 16, 16, 3]);
      expect(batch.targets?.shape).toEqual(preset === undefined ? undefined : [2, 3]);
    }
  },
);

it('hands every setting of augmentation on', () => {
  const augmentation = {
    ...{ scale: [0.2, 0.9], ratio: [0.5, 2], padding: 2, horizontalFlip: 0.1, verticalFlip: 0.2 },
    ...{ randAugment: 'rand-m5', colourJitter: [0.1, 0.2, 0.3], erasing: 0.5, erasingMode: 'rand' },
    ...{ erasingCount: 2, interpolation: 'random', mixup: 0.3, cutmix: 0.4, mixProbability: 0.6 },
    ...{ cutmixProbability: 0.7, mixOffEpoch: 9, repeats: 2 },
  } as const;
  const config = configOf({ augmentation, training: { seed: 5 } } as unknown as TrainingRequest);
  expect(trainingBatchOptions(config, 10, silent)).toMatchObject({
    augmentation: {
      ...{ scale: [0.2, 0.9], ratio: [0.5, 2], padding: 2, hflip: 0.1, vflip: 0.2, interpolation: 'random' },
      ...{ randAugment: 'rand-m5', colourJitter: [0.1, 0.2, 0.3] },
      randomErasing: { probability: 0.5, mode: 'rand', count: 2 },
    },
    mixing: {
      ...{ classes: 10, mixup: 0.3, cutmix: 0.4, probability: 0.6, switchProbability: 0.7, offEpoch: 9 },
    },
    repeats: 2,
    seed: 5,
  });
  expect(trainingBatchOptions(config, 0, silent).mixing).toBeUndefined();
});

it('evaluates without augmentation, as much of the picture as is asked for', () => {
  const config = configOf({
    evaluation: { cropPct: 0.9, batchSize: 5 },
    data: { workers: 2, unreadableLimit: 3 },
  });
  expect(evaluationBatchOptions(config, silent)).toEqual({
    ...{ batchSize: 5, imageSize: 16, cropPct: 0.9, workers: 2 },
    unreadable: { limit: 3, report: silent },
  });
});
