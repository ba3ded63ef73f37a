import { readSafetensorsHeader } from '@whereabouts/weights/files';

/** What a safetensors file holds. */
export interface FileFacts {
  readonly file: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly TensorFacts[];
  /** Numbers in all tensors together. */
  readonly numbers: number;
}

/** What is said of one tensor without its values. */
export interface TensorFacts {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly numbers: number;
}

/**
 * Tells what a safetensors file holds, without reading the values.
 *
 * @param file a file, the index of a sharded one, or a folder that holds one of them
 * @throws when it is none, or is damaged
 */
export async function inspectFile(file: string): Promise<FileFacts> {
  const header = await readSafetensorsHeader(file);
  const tensors = Object.entries(header.tensors).map(([name, { dtype, shape }]) => ({
    name,
    dtype,
    shape,
    numbers: shape.reduce((product, side) => product * side, 1),
  }));
  return { file, metadata: { ...header.metadata }, tensors, numbers: sumOf(tensors) };
}

/** The numbers of tensors by the first part of their names, such as `model` and `optimiser`. */
export function numbersByPart(
  tensors: readonly TensorFacts[],
): { readonly part: string; readonly tensors: number; readonly numbers: number }[] {
  const parts = [...new Set(tensors.map(({ name }) => partOf(name)))];
  return parts.map((part) => {
    const own = tensors.filter(({ name }) => partOf(name) === part);
    return { part, tensors: own.length, numbers: sumOf(own) };
  });
}

const partOf = (name: string) => name.split('.')[0] as string;

const sumOf = (tensors: readonly TensorFacts[]) => tensors.reduce((sum, { numbers }) => sum + numbers, 0);
