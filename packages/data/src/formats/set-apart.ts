import { stream } from '@whereabouts/layers';

/** What is needed of an example to set it apart. */
export interface Drawable {
  /** By which it is drawn, unique in its class: its file's name. */
  readonly name: string;
  /** Its class; absent where there are no labels. */
  readonly label?: number | undefined;
}

/** How many of a class's examples are set apart, and by which seed they are drawn. */
export interface Draw {
  readonly count: (length: number) => number;
  readonly seed: number;
}

/** The same share of every class, at least one where there are two or more, never all. */
export function shareOf(share: number): Draw['count'] {
  return (length) => Math.max(0, Math.min(length - 1, Math.max(1, Math.round(length * share))));
}

/**
 * Which of a class's files are set apart.
 *
 * By class, file name and seed alone: the order of the files is of no account, and a file that is added later hardly
 * moves the others.
 */
export function drawnNames(
  className: string,
  names: readonly string[],
  { count, seed }: Draw,
): ReadonlySet<string> {
  const drawn = names.map((name) => ({ name, key: stream(seed, 'split', className, name).uniform() }));
  drawn.sort((one, other) => one.key - other.key || (one.name < other.name ? -1 : 1));
  return new Set(drawn.slice(0, count(names.length)).map(({ name }) => name));
}

/** Sets some examples of each class apart, as `drawnNames` says; the order stays as it is. */
export function setApart<Example extends Drawable>(
  examples: readonly Example[],
  classNames: readonly string[],
  draw: Draw,
): { readonly rest: Example[]; readonly apart: Example[] } {
  const names = new Map<number, string[]>();
  for (const { name, label = -1 } of examples) {
    const list = names.get(label);
    if (list) list.push(name);
    else names.set(label, [name]);
  }
  const drawn = new Map(
    [...names].map(([label, list]) => [label, drawnNames(classNames[label] ?? '', list, draw)]),
  );
  const isApart = ({ name, label = -1 }: Example) => drawn.get(label)?.has(name) ?? false;
  return {
    rest: examples.filter((example) => !isApart(example)),
    apart: examples.filter(isApart),
  };
}
