import { availableParallelism } from 'node:os';

/** Which position labels a model learns beside the classes; 256 are so many pairs of tokens per image, at random. */
export const labelKinds = ['none', 'absolute', 'relative', 'relative-256', 'both'] as const;
export type Labels = (typeof labelKinds)[number];

export const backends = ['native', 'wasm', 'cpu'] as const;

/** What every contender of one table computes. */
export interface Setting {
  /** Of TensorFlow.js; PyTorch has its own. */
  readonly backend: (typeof backends)[number];
  /** That one operation may use, in every contender. */
  readonly threads: number;
  readonly batch: number;
  readonly model: {
    readonly imageSize: number;
    readonly patchSize: number;
    readonly channels: number;
    readonly depth: number;
    readonly heads: number;
    readonly classes: number;
  };
  readonly training: {
    readonly learningRate: number;
    readonly weightDecay: number;
    readonly clipNorm: number;
  };
}

/** The setting of the published figures, but for what is given. */
export function settingOf(given: {
  readonly backend: Setting['backend'];
  readonly batch: number;
  readonly channels: number;
  readonly depth: number;
  readonly threads?: number;
}): Setting {
  const { backend, batch, channels, depth, threads = availableParallelism() } = given;
  return {
    backend,
    threads,
    batch,
    model: { imageSize: 32, patchSize: 4, channels, depth, heads: 3, classes: 10 },
    training: { learningRate: 1e-4, weightDecay: 0.05, clipNorm: 5 },
  };
}
