import { type HostTensor, loadVariables, readVariables, type Variables } from '@whereabouts/layers';
import { toHostTensors } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { type Progress, parseProgress } from './progress.js';

/** What a checkpoint holds: `model.<path>`, `optimiser.<path>` and, where weights are averaged, `ema.<path>` tensors. */
export interface CheckpointVariables {
  readonly model: Variables;
  readonly optimiser: Variables;
  readonly ema?: Variables | undefined;
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
 * await saveCheckpoint(path, variables, { step: 3, steps: 10, stepsPerEpoch: 5, accumulate: 1, seed: 0, frozen: 0 });
 * (await loadCheckpoint(path, variables)).step; // => 3
 * await rm(folder, { recursive: true });
 * ```
 */
export async function saveCheckpoint(
  path: string,
  variables: CheckpointVariables,
  progress: Progress,
): Promise<void> {
  const tensors = await readVariables(byName(variables));
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
  const { progress, load } = await openCheckpoint(path);
  load(variables);
  return progress;
}

/**
 * Reads the model of a checkpoint into variables, without the optimiser: for evaluation, prediction and export.
 *
 * @param options.ema whether the averaged weights are taken where the checkpoint has them, as its evaluations were made with
 *   them; true unless given. What is frozen has no average, and comes as it is
 * @throws when the file is damaged, is no checkpoint, or belongs to another model; the message lists what differs
 * @example
 * ```ts
 * import { loadModel } from '@whereabouts/trainer';
 *
 * const failure = await loadModel('nowhere.safetensors', {}).catch((error) => error);
 * failure instanceof Error; // => true
 * ```
 */
export async function loadModel(
  path: string,
  model: Variables,
  options: { readonly ema?: boolean } = {},
): Promise<Progress> {
  const { progress, tensors } = await openCheckpoint(path);
  const { ema = true } = options;
  const own = { ...under('model.', tensors), ...(ema ? under('ema.', tensors) : {}) };
  loadInto(path, prefixed('model.', model), prefixed('model.', own));
  return progress;
}

/** Reads a checkpoint, to look at how far it is before anything is changed. */
export async function openCheckpoint(path: string) {
  const { metadata, tensors: stored } = await readSafetensors(path);
  const progress = parseProgress(metadata.progress);
  if (metadata.format !== FORMAT || progress === undefined)
    throw new Error(
      `${path} is no checkpoint of a training: its metadata lack the format ${FORMAT}. Weights alone cannot be resumed; give the file last.safetensors of a run.`,
    );
  const tensors = toHostTensors(stored);
  return {
    progress,
    tensors,
    load: (variables: CheckpointVariables) => loadInto(path, byName(variables), tensors),
  };
}

function prefixed<Value>(prefix: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([path, value]) => [prefix + path, value]));
}

function under<Value>(prefix: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

function byName({ model, optimiser, ema = {} }: CheckpointVariables): Variables {
  return { ...prefixed('model.', model), ...prefixed('optimiser.', optimiser), ...prefixed('ema.', ema) };
}

function loadInto(path: string, variables: Variables, tensors: Readonly<Record<string, HostTensor>>): void {
  try {
    loadVariables(variables, tensors);
  } catch (error) {
    throw new Error(
      `${path} is a checkpoint of another model, or one with another optimiser, EMA or frozen variables. ${(error as Error).message}`,
      { cause: error },
    );
  }
}
