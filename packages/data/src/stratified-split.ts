import { stream } from '@whereabouts/layers';

/**
 * Which of a class's files go to validation: of each class the same share, at least one where there are two or more,
 * never all.
 *
 * By class, file name and seed alone: the order of the files is of no account, and a file that is added later hardly
 * moves the others.
 */
export function validationNames(
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
