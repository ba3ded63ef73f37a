import { existsSync } from 'node:fs';
import type { HostTensor } from '@whereabouts/layers';
import { toHostTensors } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { usageError } from '../command-line/usage-error.js';
import { runOfCheckpoint } from '../run/find-checkpoint.js';
import { foreignNames } from './foreign-names.js';
import { readWeights } from './read-weights.js';
import { refusePickle } from './refuse-pickle.js';
import { weightsFileOf } from './weights-file.js';

/** The kinds of files that can be written. */
export const formatNames = ['timm', 'hugging-face', 'mae', 'whereabouts'] as const;

/** What a conversion did. */
export interface Conversion {
  readonly from: string;
  /** What the names of the file were those of. */
  readonly recognised: string;
  readonly to: string;
  readonly tensors: number;
  /** Names of the file that are not in the new one, since they are computed or were not known. */
  readonly leftOut: readonly string[];
  /** Heads that the new kind of file has no place for. */
  readonly heads: readonly string[];
  /** What else is worth knowing. */
  readonly notes: readonly string[];
}

/**
 * Writes the weights of a model under the names of another library.
 *
 * @param from a run folder (its best checkpoint), a checkpoint, or a safetensors file, whole or in shards
 * @param to a safetensors file that isn't there yet
 * @param options.partial leaves out what a model of that kind doesn't have, instead of throwing
 * @throws when `from` can't be read, `to` exists, or the new names have no place for something of the backbone
 */
export async function convertWeights(
  from: string,
  to: string,
  options: { readonly format: (typeof formatNames)[number]; readonly partial: boolean },
): Promise<Conversion> {
  const { format, partial } = options;
  refusePickle(from);
  if (!to.endsWith('.safetensors'))
    throw usageError(`${to} is no name of a file of weights: expected is one that ends in .safetensors.`);
  if (existsSync(to)) throw usageError(`${to} is there already; choose another name. Nothing was changed.`);
  if (!existsSync(from)) throw usageError(`There is no file or folder ${from}.`);
  const file = await weightsFileOf(from);
  const model = readWeights(toHostTensors((await readSafetensors(file)).tensors), { partial });
  const written =
    format === 'whereabouts'
      ? { tensors: ownNames(model), heads: [], notes: [] }
      : await foreignNames(model, format, runOfCheckpoint(file));
  await writeSafetensors(to, written.tensors, { metadata: { format: metadataOf[format] } });
  return {
    ...{ from: file, recognised: model.title, to, tensors: Object.keys(written.tensors).length },
    ...{ leftOut: model.leftOut, heads: written.heads, notes: written.notes },
  };
}

// `pt` is what transformers asks for: tensors in the layout of PyTorch.
const metadataOf = {
  timm: 'pt',
  'hugging-face': 'pt',
  mae: 'pt',
  whereabouts: 'whereabouts-weights-1',
} as const;

type Model = ReturnType<typeof readWeights>;

/** Under the names of a checkpoint's model, so that whatever reads checkpoints reads it. */
function ownNames({ backbone, heads }: Model): Record<string, HostTensor> {
  const under = (prefix: string, tensors: Readonly<Record<string, HostTensor>>) =>
    Object.entries(tensors).map(([path, tensor]) => [`model.${prefix}.${path}`, tensor] as const);
  return Object.fromEntries([
    ...under('backbone', backbone),
    ...Object.entries(heads).flatMap(([name, head]) => under(`heads.${name}`, head)),
  ]);
}
