import { stream } from '@whereabouts/layers';
import type { Split } from './split.js';

/** The examples of a split with labels at the given indices, in that order. */
function examplesAt(split: Split, classes: Int32Array, indices: Int32Array): Split {
  const { file, learn } = split;
  const at = (index: number) => indices[index] as number;
  return {
    name: split.name,
    length: indices.length,
    classes: indices.map((index) => classes[index] as number),
    read: (index) => split.read(at(index)),
    describe: (index) => split.describe(at(index)),
    ...(file && { file: (index) => file(at(index)) }),
    ...(learn && { learn: (index, found) => learn(at(index), found) }),
  };
}

/**
 * Takes a random `perClass` examples of every class: what a low-data experiment learns from.
 *
 * With one seed, the examples of a smaller subset are among those of a larger one.
 *
 * @throws when a class has fewer examples than that, or the split has no labels
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
 * Array.from(subset(many, { perClass: 2, seed: 0 }).classes ?? []); // => [0, 0, 1, 1]
 * ```
 */
export function subset(split: Split, options: { readonly perClass: number; readonly seed: number }): Split {
  const { perClass, seed } = options;
  if (!Number.isInteger(perClass) || perClass < 1)
    throw new Error(`perClass is a whole number of examples from 1 on, not ${perClass}.`);
  const { classes } = split;
  if (classes === undefined)
    throw new Error(`The ${split.name} split has no labels, so there is no number of examples per class.`);
  const chosen = [...new Set(classes)].flatMap((label) => {
    const random = stream(seed, 'subset', label);
    const drawn = Array.from(classes.keys())
      .filter((index) => classes[index] === label)
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
  return examplesAt(split, classes, Int32Array.from(chosen).sort());
}
