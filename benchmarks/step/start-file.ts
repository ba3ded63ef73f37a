import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeVariables, type HostTensor, readVariables, stream } from '@whereabouts/layers';
import { toHostTensors } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { measuredModels } from './measured-models.js';
import { oursObjective } from './ours-objective.js';
import type { Setting } from './setting.js';

type Tensors = Readonly<Record<string, HostTensor>>;

/** What every step trains on. */
export type Batch = Readonly<Record<'images' | 'classes', HostTensor>>;

/**
 * Lends what all contenders begin with as a safetensors file, so that their losses can be compared: the batch as `images`
 * and `classes`, the first weights as `ours.<path>`, and those of the backbone also as `timm.<name>`.
 */
export async function withStart<Result>(
  setting: Setting,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'whereabouts-benchmark-'));
  try {
    const path = join(folder, 'start.safetensors');
    await writeStart(path, setting);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeStart(path: string, { model, batch }: Setting): Promise<void> {
  const objective = oursObjective(model, 'both');
  const ours = await readVariables(objective.variables);
  disposeVariables(objective.variables);
  const timm = measuredModels[model.architecture](model).toPyTorch({
    backbone: below('backbone.', ours),
    heads: (name) => below(`heads.${name}.`, ours),
  });
  await writeSafetensors(path, {
    ...randomBatch(model, batch),
    ...above('ours.', ours),
    ...above('timm.', timm),
  });
}

/** Reads such a file: the batch, and our weights by path. */
export async function readStart(path: string): Promise<{ batch: Batch; weights: Tensors }> {
  const { images, classes, ...rest } = toHostTensors((await readSafetensors(path)).tensors);
  if (images === undefined || classes === undefined) throw new Error(`${path} holds no batch.`);
  return { batch: { images, classes }, weights: below('ours.', rest) };
}

/** Noise, the same in every process. */
export function randomBatch({ imageSize, classes }: Setting['model'], batch: number): Batch {
  const random = stream(0, 'benchmark');
  const shape = [batch, imageSize, imageSize, 3];
  const pixels = batch * imageSize * imageSize * 3;
  return {
    images: { shape, dtype: 'float32', values: Float32Array.from({ length: pixels }, () => random.normal()) },
    classes: {
      shape: [batch],
      dtype: 'int32',
      values: Int32Array.from({ length: batch }, () => random.integer(classes)),
    },
  };
}

function below(prefix: string, tensors: Tensors): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [],
    ),
  );
}

function above(prefix: string, tensors: Tensors): Record<string, HostTensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]));
}
