import { existsSync } from 'node:fs';
import { fromCheckpoint, type ModelTensors, toHostTensors } from '@whereabouts/weights';
import { readSafetensors } from '@whereabouts/weights/files';
import { usageError } from '../command-line/usage-error.js';
import { findCheckpoint, runOfCheckpoint } from '../run/find-checkpoint.js';
import { isRunFolder } from '../run/find-run.js';
import { fromPublishedWeights } from './published-weights.js';

/** A model in a file: its tensors, and the run that made it. */
export interface ModelFile {
  readonly file: string;
  /** Tensors of a published classifier count as those of the head `classes`. */
  readonly tensors: ModelTensors;
  /** The folder of its run; undefined for published weights, and for a checkpoint that lies elsewhere. */
  readonly run: string | undefined;
}

/**
 * Reads the weights of a model: of a run folder (its best checkpoint), of a checkpoint, or of a safetensors file of a
 * published ViT, DeiT or MAE.
 *
 * @param name how it was asked for, for the message
 * @throws when it isn't there, or is neither
 */
export async function readModelFile(path: string, name: string): Promise<ModelFile> {
  if (!existsSync(path)) throw usageError(`${name} is ${path}, but there is no such file or folder.`);
  const file = isRunFolder(path) ? (await findCheckpoint(path, { checkpoint: 'best' })).file : path;
  const { metadata, tensors: stored } = await readSafetensors(file);
  const tensors = toHostTensors(stored);
  const isCheckpoint = metadata.format?.startsWith('whereabouts-checkpoint') === true;
  if (isCheckpoint) return { file, tensors: fromCheckpoint(tensors), run: runOfCheckpoint(file) };
  return { file, tensors: fromPublishedWeights(tensors), run: undefined };
}
