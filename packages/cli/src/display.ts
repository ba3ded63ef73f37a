import type { Callback } from '@whereabouts/trainer';
import type { RunFacts } from './run-facts.js';

/** Shows a training while it runs. */
export interface Display {
  /** Called once, when the first step is about to begin. */
  readonly begin: (facts: RunFacts) => void;
  readonly callback: Callback;
  /** Shows a line without disturbing what else is shown. */
  readonly note: (line: string) => void;
  /** Leaves the terminal tidy; called once, also after an error. */
  readonly end: () => void;
}
