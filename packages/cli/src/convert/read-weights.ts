import type { HostTensor } from '@whereabouts/layers';
import { type ReadModel, recogniseWeights } from './weight-formats.js';

/** A model, what made it, and what was left out of its file. */
export interface RecognisedModel extends ReadModel {
  readonly title: string;
}

/**
 * Reads a model whose kind is told by the names of its tensors.
 *
 * @param options.partial leaves names out that such a model doesn't have, and lists them
 * @throws when no kind has such names; and, unless `partial`, when some are not of that kind: all of them are listed
 */
export function readWeights(
  tensors: Readonly<Record<string, HostTensor>>,
  options: { readonly partial: boolean },
): RecognisedModel {
  const { title, read } = recogniseWeights(tensors);
  if (!options.partial) return { title, ...read(tensors) };
  const all = Object.entries(tensors);
  const names = Object.keys(tensors).filter((name) => {
    const members = all.filter(([other]) => together(other) === together(name));
    return !isRead(read, Object.fromEntries(members));
  });
  const rest = all.filter(([name]) => !names.includes(name));
  const model = read(Object.fromEntries(rest));
  return { title, ...model, leftOut: [...model.leftOut, ...names] };
}

/** The same for queries, keys and values of a block, which are one tensor elsewhere. */
function together(name: string): string {
  return name.replace(/\.(query|key|value)\.(weight|bias)$/, '.qkv.$2');
}

function isRead(read: (tensors: Readonly<Record<string, HostTensor>>) => unknown, some: object): boolean {
  try {
    read(some as Readonly<Record<string, HostTensor>>);
    return true;
  } catch {
    return false;
  }
}
