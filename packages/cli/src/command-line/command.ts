import type { Flag } from './flag.js';
import type { GivenFlags } from './read-flags.js';

/** What a command takes and does. */
export interface Command {
  /** Words that it takes besides flags, by name; the last one may end in `...`, which is any number of them. */
  readonly words: Readonly<Record<string, string>>;
  /** In groups, by heading. */
  readonly flags: Readonly<Record<string, readonly Flag[]>>;
  readonly run: (given: GivenFlags) => Promise<void>;
}

/** A command as the overview tells of it, before it is loaded. */
export interface ListedCommand {
  /** The words that lead to it, such as `native install`. */
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<Command>;
}
