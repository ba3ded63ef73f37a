import { existsSync } from 'node:fs';
import { type ModelTensors, toHostTensors } from '@whereabouts/weights';
import { readSafetensors } from '@whereabouts/weights/files';
import { usageError } from '../command-line/usage-error.js';
import { readWeights } from '../convert/read-weights.js';
import { refusePickle } from '../convert/refuse-pickle.js';
import { weightsFileOf } from '../convert/weights-file.js';
import { runOfCheckpoint } from '../run/find-checkpoint.js';

/** A model in a file: its tensors, and the run that made it. */
export interface ModelFile {
  readonly file: string;
  /** Tensors of another library's classifier count as those of the head `classes`. */
  readonly tensors: ModelTensors;
  /** The folder of its run; undefined for weights that lie elsewhere. */
  readonly run: string | undefined;
}

/**
 * Reads the weights of a model: of a run folder (its best checkpoint), of a checkpoint, or of a safetensors file with
 * the names of timm, Hugging Face or the official MAE.
 *
 * @param name how it was asked for, for the message
 * @throws when it isn't there, or is neither
 */
export async function readModelFile(path: string, name: string): Promise<ModelFile> {
  if (!existsSync(path)) throw usageError(`${name} is ${path}, but there is no such file or folder.`);
  refusePickle(path);
  const file = await weightsFileOf(path);
  const { tensors } = await readSafetensors(file);
  const { backbone, heads } = readWeights(toHostTensors(tensors), { partial: false });
  return { file, tensors: { backbone, heads }, run: runOfCheckpoint(file) };
}
