import type { TrainingRequest } from 'whereabouts';

const epochs = 12;

/** What both trainings share on every engine: 10 kinds of clothes, few pictures of each. */
const shared = {
  data: { path: 'fashion-mnist', imageSize: 28, perClass: 100 },
  augmentation: { horizontalFlip: 0.5 },
  model: { name: 'vit', patchSize: 4, pooling: 'average', positionEncoding: 'learned' },
  training: { batchSize: 32, epochs, seed: 1 },
  schedule: { learningRate: 2e-3 },
  evaluation: { every: epochs, perClass: 200 },
} as const satisfies TrainingRequest;

/** Settings that fit the time of each engine. */
export const sizes = {
  native: { ...shared, model: { ...shared.model, channels: 64, depth: 4, heads: 4 } },
  wasm: { ...shared, model: { ...shared.model, channels: 48, depth: 3, heads: 3 } },
} as const satisfies Record<string, TrainingRequest>;

/** The two trainings that are compared; they differ in nothing else. */
export const contenders = {
  'without labels': { absolute: 0, relative: 0, smoothing: 0 },
  'with APL + RPL': { absolute: 0.5, relative: 0.5, pairs: 128, smoothing: 0 },
} as const satisfies Record<string, TrainingRequest['labels']>;
