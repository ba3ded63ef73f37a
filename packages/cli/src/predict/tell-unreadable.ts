import type { UnreadablePicture } from './picture-batches.js';

/** Gathers pictures that could not be read, and tells of each on standard error. */
export function tellUnreadable(total: number) {
  const all: UnreadablePicture[] = [];
  return {
    add: (some: readonly UnreadablePicture[]): void => {
      for (const { reason } of some) console.error(reason);
      all.push(...some);
    },
    all: (): readonly UnreadablePicture[] => all,
    /** Tells how many there were, and hands over that number. */
    end: (): number => {
      if (all.length > 0)
        console.error(`${all.length} of ${total} pictures could not be read and are left out.`);
      return all.length;
    },
  };
}
