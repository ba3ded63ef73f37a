import type { Callback } from '@whereabouts/trainer';
import type { RunResult } from '../run/run-training.js';
import type { RunFacts } from './run-facts.js';

/** Shows a training while it runs. */
export interface Display {
  /** Called once, when the first step is about to begin. */
  readonly begin: (facts: RunFacts) => void;
  readonly callback: Callback;
  /** Shows a line without disturbing what else is shown. */
  readonly note: (line: string) => void;
  /** Shows how the training ended. */
  readonly end: (result: RunResult) => void;
  /** Leaves the terminal tidy; called at last, also after an error. */
  readonly close: () => void;
}
