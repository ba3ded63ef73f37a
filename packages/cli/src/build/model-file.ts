import { existsSync } from 'node:fs';
import { fromCheckpoint, fromTimmVit, type ModelTensors, toHostTensors } from '@whereabouts/weights';
import { readSafetensors } from '@whereabouts/weights/files';
import { usageError } from '../command-line/usage-error.js';
import { findCheckpoint, runOfCheckpoint } from '../run/find-checkpoint.js';
import { isRunFolder } from '../run/find-run.js';

/** A model in a file: its tensors, and the run that made it. */
export interface ModelFile {
  readonly file: string;
  /** Tensors of timm's classifier count as those of the head `classes`. */
  readonly tensors: ModelTensors;
  /** The folder of its run; undefined for weights of timm, and for a checkpoint that lies elsewhere. */
  readonly run: string | undefined;
}

/**
 * Reads the weights of a model: of a run folder (its best checkpoint), of a checkpoint, or of a safetensors file with
 * timm's names of a ViT.
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
  const { backbone, classification } = fromTimmVit(tensors);
  const heads = Object.keys(classification).length === 0 ? {} : { classes: classification };
  return { file, tensors: { backbone, heads }, run: undefined };
}
