import type { Callback } from '@whereabouts/trainer';
import type { RunResult } from '../run/run-training.js';
import type { RunFacts } from './run-facts.js';

/** How a run ended, and the page that shows it, where one was written. */
export interface EndedRun extends RunResult {
  readonly report?: string;
}

/** Shows a training while it runs. */
export interface Display {
  /** Called once, when the first step is about to begin. */
  readonly begin: (facts: RunFacts) => void;
  readonly callback: Callback;
  /** Shows a line without disturbing what else is shown. */
  readonly note: (line: string) => void;
  /** Shows how the training ended. */
  readonly end: (result: EndedRun) => void;
  /** Leaves the terminal tidy; called at last, also after an error. */
  readonly close: () => void;
}
