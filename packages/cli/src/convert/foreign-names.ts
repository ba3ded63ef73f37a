import type { HostTensor } from '@whereabouts/layers';
import { usageError } from '../command-line/usage-error.js';
import { fixedEncoding } from './fixed-encoding.js';
import { architectureOf, patchSizeOf, type ReadModel, weightFormats } from './weight-formats.js';

/** A model under the names of another library. */
export interface ForeignModel {
  readonly tensors: Readonly<Record<string, HostTensor>>;
  /** Heads that it has no place for. */
  readonly heads: readonly string[];
  /** What else is worth knowing. */
  readonly notes: readonly string[];
}

/**
 * Gives the tensors of a model the names and layouts of another library.
 *
 * @param run the folder of its run; undefined where the weights come from elsewhere
 * @throws when the names have no place for something of the backbone
 */
export async function foreignNames(
  { backbone, heads }: ReadModel,
  format: keyof typeof weightFormats,
  run: string | undefined,
): Promise<ForeignModel> {
  const { heads: places, write } = weightFormats[format];
  const { maskToken, ...needed } = backbone; // of SimMIM, which only pretraining needs
  const architecture = architectureOf(backbone);
  const names = write[architecture];
  if (names === undefined)
    throw usageError(`A ${architecture} has no place in the format ${format}; take timm or hugging-face.`);
  const place = (name: string) => (places.includes(name) ? (heads[name] ?? {}) : {});
  const encoding = await fixedEncoding(backbone, run);
  const tensors = names(
    {
      backbone: { ...needed, ...encoding.tensors },
      classification: place('classes'),
      decoder: place('pixels'),
    },
    { patchSize: patchSizeOf(backbone) },
  );
  const dropped = Object.keys(heads).filter((name) => !places.includes(name));
  return {
    tensors,
    heads: dropped,
    notes: [...encoding.notes, ...(maskToken === undefined ? [] : ['the mask token is left out'])],
  };
}
