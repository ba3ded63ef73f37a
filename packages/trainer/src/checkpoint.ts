import { loadVariables, readVariables, type Variables } from '@whereabouts/layers';
import { toHostTensors } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { z } from 'zod';

const progressSchema = z.object({
  step: z.number().int().nonnegative(),
  steps: z.number().int().positive(),
  stepsPerEpoch: z.number().int().positive(),
  seed: z.number(),
  best: z.object({ metric: z.string(), value: z.number(), step: z.number().int() }).optional(),
});

/** How far a training is: what a checkpoint remembers besides tensors. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly seed: number;
  /** The best evaluation so far. */
  readonly best?: { readonly metric: string; readonly value: number; readonly step: number } | undefined;
}

/** What a checkpoint holds: `model.<path>` and `optimiser.<path>` tensors. */
export interface CheckpointVariables {
  readonly model: Variables;
  readonly optimiser: Variables;
}

const FORMAT = 'whereabouts-checkpoint-1';

/**
 * Writes a checkpoint as one safetensors file, atomically: after a crash the old file or the new one is there, whole.
 *
 * @throws when a number in it is NaN or infinite: a checkpoint that cannot be resumed never replaces one that can
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { variable } from '@whereabouts/layers';
 * import { loadCheckpoint, saveCheckpoint } from '@whereabouts/trainer';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
 * const variables = { model: { weight: variable(tf.ones([2])) }, optimiser: {} };
 * const path = join(folder, 'last.safetensors');
 * await saveCheckpoint(path, variables, { step: 3, steps: 10, stepsPerEpoch: 5, seed: 0 });
 * (await loadCheckpoint(path, variables)).step; // => 3
 * await rm(folder, { recursive: true });
 * ```
 */
export async function saveCheckpoint(
  path: string,
  { model, optimiser }: CheckpointVariables,
  progress: Progress,
): Promise<void> {
  const tensors = {
    ...prefixed('model.', await readVariables(model)),
    ...prefixed('optimiser.', await readVariables(optimiser)),
  };
  const broken = Object.entries(tensors).find(([, { values }]) => !values.every(Number.isFinite));
  if (broken !== undefined)
    throw new Error(
      `After step ${progress.step}, ${broken[0]} holds numbers that are not finite, so nothing was saved to ${path}. Lower the learning rate, clip the gradients, or look for broken images.`,
    );
  await writeSafetensors(path, tensors, {
    metadata: { format: FORMAT, progress: JSON.stringify(progress) },
  });
}

/**
 * Reads a checkpoint into variables, all of them or, on an error, none.
 *
 * @throws when the file is damaged, is no checkpoint, or belongs to another model; the message lists what differs
 * @example
 * ```ts
 * import { loadCheckpoint } from '@whereabouts/trainer';
 *
 * const failure = await loadCheckpoint('nowhere.safetensors', { model: {}, optimiser: {} }).catch((error) => error);
 * failure instanceof Error; // => true
 * ```
 */
export async function loadCheckpoint(path: string, variables: CheckpointVariables): Promise<Progress> {
  const { metadata, tensors } = await readCheckpoint(path);
  const wanted = {
    ...prefixed('model.', variables.model),
    ...prefixed('optimiser.', variables.optimiser),
  };
  try {
    loadVariables(wanted, tensors);
  } catch (error) {
    throw new Error(`${path} is a checkpoint of another model. ${(error as Error).message}`, {
      cause: error,
    });
  }
  return metadata;
}

/**
 * Reads the model of a checkpoint into variables, without the optimiser: for evaluation and prediction.
 *
 * @throws when the file is damaged, is no checkpoint, or belongs to another model; the message lists what differs
 * @example
 * ```ts
 * import { loadModel } from '@whereabouts/trainer';
 *
 * const failure = await loadModel('nowhere.safetensors', {}).catch((error) => error);
 * failure instanceof Error; // => true
 * ```
 */
export async function loadModel(path: string, model: Variables): Promise<Progress> {
  const { metadata, tensors } = await readCheckpoint(path);
  const own = Object.fromEntries(Object.entries(tensors).filter(([name]) => name.startsWith('model.')));
  try {
    loadVariables(prefixed('model.', model), own);
  } catch (error) {
    throw new Error(`${path} is a checkpoint of another model. ${(error as Error).message}`, {
      cause: error,
    });
  }
  return metadata;
}

async function readCheckpoint(path: string) {
  const { metadata, tensors } = await readSafetensors(path);
  const progress = parseProgress(metadata.progress);
  if (metadata.format !== FORMAT || progress === undefined)
    throw new Error(
      `${path} is no checkpoint of a training: its metadata lack the format ${FORMAT}. Weights alone cannot be resumed; give the file last.safetensors of a run.`,
    );
  return { metadata: progress, tensors: toHostTensors(tensors) };
}

function parseProgress(text: string | undefined): Progress | undefined {
  if (text === undefined) return undefined;
  try {
    return progressSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function prefixed<Value>(prefix: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([path, value]) => [prefix + path, value]));
}
