import { availableParallelism } from 'node:os';

/** Which position labels a model learns beside the classes; 256 are so many pairs of tokens per image, at random. */
export const labelKinds = ['none', 'absolute', 'relative', 'relative-256', 'both'] as const;
export type Labels = (typeof labelKinds)[number];

export const backends = ['native', 'wasm', 'cpu'] as const;

/** What the native engine and PyTorch compute on. */
export const devices = ['cpu', 'gpu'] as const;

/** The backbones that can be measured. */
export const architectures = ['vit', 'swin', 'mae'] as const;
export type Architecture = (typeof architectures)[number];

/** The decoder of a masked autoencoder. */
export interface DecoderSetting {
  readonly channels: number;
  readonly depth: number;
  readonly heads: number;
}

/** What every contender of one table computes. */
export interface Setting {
  /** Of TensorFlow.js; PyTorch has its own. */
  readonly backend: (typeof backends)[number];
  readonly device: (typeof devices)[number];
  /** That one operation may use, in every contender. */
  readonly threads: number;
  readonly batch: number;
  readonly model: {
    readonly architecture: Architecture;
    readonly imageSize: number;
    readonly patchSize: number;
    /** Of a token; of a Swin in its first stage. */
    readonly channels: number;
    /** Blocks; of a Swin in its third stage, which has two in each of the others. */
    readonly depth: number;
    /** Of a Swin in its first stage; each stage after it has twice as many as the one before. */
    readonly heads: number;
    readonly classes: number;
    /** Of a masked autoencoder. */
    readonly decoder?: DecoderSetting;
  };
  readonly training: {
    readonly learningRate: number;
    readonly weightDecay: number;
    readonly clipNorm: number;
  };
}

/** The decoder beside an encoder of so many blocks, of about the official proportions. */
const decoderBeside = (depth: number): DecoderSetting => ({
  channels: 128,
  depth: Math.max(1, Math.round((2 * depth) / 3)),
  heads: 4,
});

type Published = Omit<Setting['model'], 'architecture' | 'depth' | 'decoder'> & {
  readonly batch: number;
  readonly decoder?: (depth: number) => DecoderSetting;
};

const published: Readonly<Record<Architecture, Published>> = {
  vit: { batch: 64, imageSize: 32, patchSize: 4, channels: 192, heads: 3, classes: 10 },
  mae: {
    ...{ batch: 32, imageSize: 64, patchSize: 4, channels: 192, heads: 3, classes: 10 },
    decoder: decoderBeside,
  },
  swin: { batch: 32, imageSize: 56, patchSize: 2, channels: 96, heads: 3, classes: 10 },
};

/** The setting of the published figures, but for what is given. */
export function settingOf(given: {
  readonly backend: Setting['backend'];
  readonly device?: Setting['device'];
  readonly architecture?: Architecture;
  readonly batch?: number | undefined;
  readonly channels?: number | undefined;
  readonly depth: number;
  readonly threads?: number;
}): Setting {
  const { backend, device = 'cpu', architecture = 'vit', depth, threads = availableParallelism() } = given;
  const { batch, channels, decoder, ...model } = published[architecture];
  return {
    backend,
    device,
    threads,
    batch: given.batch ?? batch,
    model: {
      ...model,
      ...{ architecture, channels: given.channels ?? channels, depth },
      ...(decoder && { decoder: decoder(depth) }),
    },
    training: { learningRate: 1e-4, weightDecay: 0.05, clipNorm: 5 },
  };
}
