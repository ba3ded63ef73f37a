import { stream } from '@whereabouts/layers';
import type { Split } from './split.js';

/** The examples of a split at the given indices, in that order. */
function examplesAt(split: Split, name: string, indices: Int32Array): Split {
  const { readView } = split;
  const at = (index: number) => indices[index] as number;
  return {
    name,
    length: indices.length,
    classes: indices.map((index) => split.classes[index] as number),
    read: (index) => split.read(at(index)),
    describe: (index) => split.describe(at(index)),
    ...(readView && { readView: (index, choose) => readView(at(index), choose) }),
  };
}

/**
 * Takes a random `perClass` examples of every class: what a low-data experiment learns from.
 *
 * With one seed, the examples of a smaller subset are among those of a larger one.
 *
 * @throws when a class has fewer examples than that
 *
 * @example
 * ```ts
 * import { type Split, subset } from '@whereabouts/data';
 *
 * const many: Split = {
 *   name: 'train',
 *   length: 6,
 *   classes: Int32Array.of(0, 0, 0, 1, 1, 1),
 *   read: async () => ({ width: 1, height: 1, pixels: new Uint8Array(3) }),
 *   describe: (index) => `picture ${index}`,
 * };
 * Array.from(subset(many, { perClass: 2, seed: 0 }).classes); // => [0, 0, 1, 1]
 * ```
 */
export function subset(split: Split, options: { readonly perClass: number; readonly seed: number }): Split {
  const { perClass, seed } = options;
  if (!Number.isInteger(perClass) || perClass < 1)
    throw new Error(`perClass is a whole number of examples from 1 on, not ${perClass}.`);
  const chosen = [...new Set(split.classes)].flatMap((label) => {
    const random = stream(seed, 'subset', label);
    const drawn = Array.from(split.classes.keys())
      .filter((index) => split.classes[index] === label)
      .map((index) => ({ index, key: random.uniform() }));
    if (drawn.length < perClass)
      throw new Error(
        `Class ${label} of the ${split.name} split has ${drawn.length} examples, fewer than the ${perClass} per class asked for.`,
      );
    return drawn
      .sort((one, other) => one.key - other.key)
      .slice(0, perClass)
      .map(({ index }) => index);
  });
  return examplesAt(split, split.name, Int32Array.from(chosen).sort());
}
