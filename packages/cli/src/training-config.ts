import { z } from 'zod';

const count = z.int().min(1);
const notNegative = z.number().min(0);
const share = notNegative.lt(1);

/** A training, every default spelled out; what `config.json` of a run folder holds. */
export const trainingConfigSchema = z
  .strictObject({
    data: z.string().min(1),
    perClass: z.union([z.literal('all'), count]),
    evaluationPerClass: z.union([z.literal('all'), count]),
    imageSize: count,
    horizontalFlip: z.number().min(0).max(1),
    scale: z
      .tuple([z.number().gt(0).max(1), z.number().gt(0).max(1)])
      .refine(([least, most]) => least <= most),
    model: z.enum(['vit-tiny', 'vit-small', 'vit-base', 'vit-large', 'vit']),
    channels: count,
    depth: count,
    heads: count,
    patchSize: count,
    pooling: z.enum(['class-token', 'average']),
    positionEncoding: z.enum(['learned', 'sine-cosine', 'none']),
    dropPath: share,
    absolute: notNegative,
    relative: notNegative,
    pairs: z.union([z.literal('all'), count]),
    smoothing: share,
    batchSize: count,
    evaluationBatchSize: count,
    epochs: count,
    evaluateEvery: count,
    learningRate: z.number().gt(0),
    minimumLearningRate: notNegative,
    warmupEpochs: notNegative,
    weightDecay: notNegative,
    clipNorm: notNegative,
    seed: z.int().min(0),
    backend: z.enum(['auto', 'native', 'wasm', 'cpu']),
    threads: z.union([z.literal('auto'), count]),
    executor: z.enum(['auto', 'compiled', 'eager']),
    precision: z.enum(['float32', 'bf16']),
    checkpointEvery: z.int().min(0),
    logInterval: count,
  })
  .readonly();

/** A training, every default spelled out; the flags of the same meaning are in `trainingFlags`. */
export type TrainingConfig = z.infer<typeof trainingConfigSchema>;

/** What a training may be asked for: `data` at least, anything else by choice. */
export type TrainingRequest = {
  readonly [Field in keyof TrainingConfig]?: TrainingConfig[Field] | undefined;
};
