import type { TrainingRequest } from 'whereabouts';

/** What both trainings share: 10 kinds of clothes, few pictures of each. */
const shared: TrainingRequest = {
  data: 'fashion-mnist',
  imageSize: 28,
  patchSize: 4,
  model: 'vit',
  pooling: 'average',
  positionEncoding: 'learned',
  horizontalFlip: 0.5,
  smoothing: 0,
  learningRate: 2e-3,
  evaluationPerClass: 200,
  seed: 1,
};

/** Settings that fit the time of each engine. */
export const sizes = {
  native: {
    ...shared,
    perClass: 100,
    channels: 64,
    depth: 4,
    heads: 4,
    batchSize: 32,
    epochs: 12,
    evaluateEvery: 12,
  },
  wasm: {
    ...shared,
    perClass: 100,
    channels: 48,
    depth: 3,
    heads: 3,
    batchSize: 32,
    epochs: 12,
    evaluateEvery: 12,
  },
} as const satisfies Record<string, TrainingRequest>;

/** The two trainings that are compared; they differ in nothing else. */
export const contenders = {
  'without labels': { absolute: 0, relative: 0 },
  'with APL + RPL': { absolute: 0.5, relative: 0.5, pairs: 128 },
} as const satisfies Record<string, TrainingRequest>;
