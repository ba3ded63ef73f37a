import type { Metrics } from '../callback.js';
import type { Progress } from '../checkpoints/progress.js';

/** Which number of an evaluation decides, and whether more of it is better. */
export interface Criterion {
  /** Such as `classes.accuracy`. */
  readonly metric: string;
  readonly mode: 'min' | 'max';
}

/** When a training that no longer gets better ends. */
export interface EarlyStopping extends Partial<Criterion> {
  /** Evaluations without improvement after which it ends. */
  readonly patience: number;
  /** The least change that counts as improvement, in the unit of the metric; 0 unless given. */
  readonly minimumChange?: number;
}

/** What an evaluation means for a training. */
export interface Verdict {
  readonly progress: Progress;
  /** Whether it is the best so far. */
  readonly best: boolean;
  /** Whether it is among those whose checkpoints are kept. */
  readonly kept: boolean;
  /** Steps whose checkpoints are no longer kept. */
  readonly dropped: readonly number[];
}

/**
 * Compares an evaluation with those before it.
 *
 * @param rules.keepBest how many checkpoints are kept
 * @throws when a metric that decides isn't there, or is no number
 */
export function judge(
  progress: Progress,
  metrics: Metrics,
  rules: {
    readonly best: Criterion;
    readonly keepBest: number;
    readonly earlyStopping?: EarlyStopping | undefined;
  },
): Verdict {
  const { step } = progress;
  const value = requireMetric(metrics, rules.best.metric);
  const { metric, mode } = rules.best;
  const best = progress.best === undefined || isBetter(mode, value, progress.best.value);
  const ranking = [...(progress.kept ?? []), { value, step }]
    .sort((a, b) =>
      isBetter(mode, a.value, b.value) ? -1 : isBetter(mode, b.value, a.value) ? 1 : a.step - b.step,
    )
    .slice(0, rules.keepBest);
  const stays = (one: number) => ranking.some(({ step }) => step === one);
  return {
    best,
    kept: stays(step),
    dropped: (progress.kept ?? []).map(({ step }) => step).filter((one) => !stays(one)),
    progress: {
      ...progress,
      evaluated: step,
      ...(best ? { best: { metric, value, step } } : {}),
      ...(rules.keepBest > 1 ? { kept: ranking } : {}),
      ...(rules.earlyStopping === undefined
        ? {}
        : { patience: patienceAfter(progress.patience, metrics, rules.best, rules.earlyStopping) }),
    },
  };
}

function patienceAfter(
  before: Progress['patience'],
  metrics: Metrics,
  best: Criterion,
  { metric = best.metric, mode = best.mode, minimumChange = 0 }: EarlyStopping,
): NonNullable<Progress['patience']> {
  const value = requireMetric(metrics, metric);
  if (before === undefined) return { value, waited: 0 };
  const reached = mode === 'max' ? before.value + minimumChange : before.value - minimumChange;
  return isBetter(mode, value, reached) ? { value, waited: 0 } : { ...before, waited: before.waited + 1 };
}

function isBetter(mode: Criterion['mode'], value: number, than: number): boolean {
  return mode === 'max' ? value > than : value < than;
}

function requireMetric(metrics: Metrics, name: string): number {
  const value = metrics[name];
  if (value !== undefined) return value;
  throw new Error(`There is no metric "${name}" to judge by; there are ${Object.keys(metrics).join(', ')}.`);
}
