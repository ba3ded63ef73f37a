/** What happens to examples that can't be read while an epoch runs. */
export interface Unreadable {
  /** How many different ones are replaced by the example that follows in the split. One more is an error. */
  readonly limit: number;
  /** Is told of each of them once, in a sentence that names its file. */
  readonly report?: ((problem: string) => void) | undefined;
}

/** Finds examples that stand in for those that can't be read. */
export interface StandIns {
  /** The example itself while it is known to be readable, else the next one that is. */
  readonly of: (index: number) => number;
  /**
   * Takes note of one that can't be read.
   *
   * @throws when there are too many: the first of `problems` where none is allowed, else all that are known
   */
  readonly add: (index: number, problem: Error) => void;
}

/**
 * Keeps track of the examples of a split that can't be read. Which example stands in for one depends on which are readable alone,
 * not on the order in which that was found out.
 */
export function standIns(
  split: { readonly name: string; readonly length: number },
  { limit, report }: Unreadable,
): StandIns {
  const known = new Map<number, Error>();
  return {
    of: (index) => {
      let other = index;
      while (known.has(other)) other = (other + 1) % split.length;
      return other;
    },
    add: (index, problem) => {
      if (limit === 0) throw problem;
      if (known.has(index)) return;
      known.set(index, problem);
      if (known.size > limit || known.size === split.length) {
        const all = [...known].sort(([one], [other]) => one - other).map(([, { message }]) => `  ${message}`);
        throw new Error(
          `${known.size} pictures of the ${split.name} split can't be read, more than the ${limit} that may be replaced:\n${all.join('\n')}\n` +
            'Replace or delete these files, or raise the limit of unreadable.',
        );
      }
      report?.(problem.message);
    },
  };
}
