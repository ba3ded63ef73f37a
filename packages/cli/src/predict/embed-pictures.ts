import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, type FeatureSpec, type Features, type HostTensor } from '@whereabouts/layers';
import { usageError } from '../command-line/usage-error.js';
import type { TrainedModel } from '../run/open-trained-model.js';
import { pictureBatches, type UnreadablePicture } from './picture-batches.js';

/** What can be taken of the features of a picture. */
export type FeatureKind = 'pooled' | 'average' | 'tokens';

/** The features of pictures. */
export interface Embeddings {
  /** In the order of the tensors. */
  readonly files: readonly string[];
  /** `features`, and of tokens their `positions`; the first axis is the pictures'. */
  readonly tensors: Readonly<Record<string, HostTensor>>;
}

/**
 * Takes the features of pictures out of a model.
 *
 * @param options.stage which stage `average` and `tokens` are taken of: 0 is the finest, -1 the last
 * @param options.onUnreadable told of pictures that are left out
 * @throws when the backbone has no such stage, or pools nothing
 */
export async function embedPictures(
  model: TrainedModel,
  files: readonly string[],
  options: {
    readonly kind: FeatureKind;
    readonly stage: number;
    readonly onUnreadable: (unreadable: readonly UnreadablePicture[]) => void;
  },
): Promise<Embeddings> {
  const { kind, stage, onUnreadable } = options;
  requireFeatures(model.backbone.spec, kind, stage);
  const done: string[] = [];
  const parts: Record<string, HostTensor>[] = [];
  for await (const batch of pictureBatches(files, model)) {
    onUnreadable(batch.unreadable);
    if (batch.files.length === 0) continue;
    done.push(...batch.files);
    const taken = tf.tidy(() => {
      const { values, shape } = batch.images;
      const images = tf.tensor<tf.Rank.R4>(values, [...shape] as never);
      return kinds[kind](model.backbone.apply(images, evaluationPass()), stage);
    });
    parts.push(await toHost(taken));
    tf.dispose(taken);
  }
  const names = Object.keys(parts[0] ?? {});
  const joined = names.map((name) => [name, concatenate(parts.map((part) => part[name] as HostTensor))]);
  return { files: done, tensors: Object.fromEntries(joined) };
}

const stageOf = ({ stages }: Features, stage: number) => stages.at(stage) as Features['stages'][number];

const kinds: Readonly<Record<FeatureKind, (features: Features, stage: number) => Record<string, tf.Tensor>>> =
  {
    pooled: ({ pooled }) => ({ features: pooled as tf.Tensor2D }), // [batch, channels]
    average: (features, stage) => ({ features: tf.mean(stageOf(features, stage).tokens, 1) }), // [batch, channels]
    tokens: (features, stage) => {
      const { tokens, positions } = stageOf(features, stage);
      return { features: tokens, positions }; // [batch, length, channels], [batch, length]
    },
  };

function requireFeatures(spec: FeatureSpec, kind: FeatureKind, stage: number): void {
  if (kind === 'pooled' && spec.pooled === 0)
    throw usageError('This backbone pools nothing; take --features average or tokens.');
  if (spec.stages.at(stage) === undefined)
    throw usageError(
      `--stage is ${stage}, but the backbone has ${spec.stages.length}: 0 to ${spec.stages.length - 1}, or counted from the end, -1 to -${spec.stages.length}.`,
    );
}

async function toHost(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, HostTensor>> {
  const entries = Object.entries(tensors).map(async ([name, tensor]): Promise<[string, HostTensor]> => {
    const values = (await tensor.data()).slice() as HostTensor['values'];
    return [name, { shape: tensor.shape, dtype: tensor.dtype === 'int32' ? 'int32' : 'float32', values }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Tensors of one shape but for the first axis, one after the other along that. */
function concatenate(tensors: readonly HostTensor[]): HostTensor {
  const [first] = tensors as [HostTensor];
  const length = tensors.reduce((sum, { values }) => sum + values.length, 0);
  const values = first.dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
  let offset = 0;
  for (const tensor of tensors) {
    values.set(tensor.values, offset);
    offset += tensor.values.length;
  }
  const count = tensors.reduce((sum, { shape }) => sum + (shape[0] as number), 0);
  return { shape: [count, ...first.shape.slice(1)], dtype: first.dtype, values };
}
