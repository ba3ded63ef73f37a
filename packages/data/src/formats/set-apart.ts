import { stream } from '@whereabouts/layers';

/** What is needed of an example to set it apart. */
export interface Drawable {
  /** By which it is drawn, unique in its class: its file's name. */
  readonly name: string;
  /** Its class; absent where there are no labels. */
  readonly label?: number | undefined;
}

/**
 * Which of a class's files are set apart: of each class the same share, at least one where there are two or more, never all.
 *
 * By class, file name and seed alone: the order of the files is of no account, and a file that is added later hardly
 * moves the others.
 */
export function drawnNames(
  className: string,
  names: readonly string[],
  options: { readonly share: number; readonly seed: number },
): ReadonlySet<string> {
  const most = names.length - 1;
  const count = Math.min(most, Math.max(1, Math.round(names.length * options.share)));
  const drawn = names.map((name) => ({
    name,
    key: stream(options.seed, 'split', className, name).uniform(),
  }));
  drawn.sort((one, other) => one.key - other.key || (one.name < other.name ? -1 : 1));
  return new Set(drawn.slice(0, Math.max(0, count)).map(({ name }) => name));
}

/** Sets a share of the examples of each class apart, as `drawnNames` says; the order stays as it is. */
export function setApart<Example extends Drawable>(
  examples: readonly Example[],
  classNames: readonly string[],
  options: { readonly share: number; readonly seed: number },
): { readonly rest: Example[]; readonly apart: Example[] } {
  const names = new Map<number, string[]>();
  for (const { name, label = -1 } of examples) {
    const list = names.get(label);
    if (list) list.push(name);
    else names.set(label, [name]);
  }
  const drawn = new Map(
    [...names].map(([label, list]) => [label, drawnNames(classNames[label] ?? '', list, options)]),
  );
  const isApart = ({ name, label = -1 }: Example) => drawn.get(label)?.has(name) ?? false;
  return {
    rest: examples.filter((example) => !isApart(example)),
    apart: examples.filter(isApart),
  };
}
