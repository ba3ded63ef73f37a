import type { Progress } from '../checkpoints/progress.js';
import type { EndReason, TrainOptions } from '../train-options.js';

/** Knows when a session is to end. */
export interface SessionEnd {
  /** Why it is to end before anything else is done, an evaluation that is due included; undefined if it isn't. */
  readonly urgent: () => EndReason | undefined;
  /** Why it is to end after all that is due at its step; undefined if it goes on. */
  readonly at: (progress: Progress) => EndReason | undefined;
}

/**
 * Watches the limits of a session that begins now.
 *
 * @param firstStep steps done before
 */
export function sessionEnd(
  { budget, signal, earlyStopping }: Pick<TrainOptions, 'budget' | 'signal' | 'earlyStopping'>,
  firstStep: number,
): SessionEnd {
  const started = performance.now();
  const { steps = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY } = budget ?? {};
  const urgent = () => {
    if (signal?.aborted === true) return 'aborted';
    return (performance.now() - started) / 1000 >= seconds ? 'time budget' : undefined;
  };
  return {
    urgent,
    at: (progress) => {
      if (progress.step >= progress.steps) return 'all steps';
      const waited = progress.patience?.waited ?? 0;
      if (earlyStopping !== undefined && waited >= earlyStopping.patience) return 'early stopping';
      return urgent() ?? (progress.step - firstStep >= steps ? 'step budget' : undefined);
    },
  };
}
