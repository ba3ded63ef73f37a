import type { Batches } from './batches.js';
import type { Callback, Metrics } from './callback.js';
import type { Checkpoints } from './checkpoints/checkpoint-folder.js';
import type { Progress } from './checkpoints/progress.js';
import type { Ema } from './ema.js';
import type { Executor } from './executor.js';
import type { Optimiser } from './optimisers/optimiser.js';
import type { Schedule } from './schedules/schedule.js';
import type { Criterion, EarlyStopping } from './session/judge.js';
import type { AnyObjective } from './steps/objective-terms.js';

/** What one session may take before it stops; the training can go on in another. */
export interface Budget {
  /** Steps of this session. */
  readonly steps?: number;
  /** Seconds from the start of this session; the step in progress is finished. */
  readonly seconds?: number;
}

/** What a training needs. */
export interface TrainOptions {
  readonly objective: AnyObjective;
  readonly batches: Batches;
  /** Evaluated at the end of epochs; nothing is unless given. */
  readonly validation?: Batches;
  /** Epochs from one evaluation to the next, or steps; 1 epoch unless given. The last step is always evaluated. */
  readonly evaluateEvery?: number | { readonly epochs: number } | { readonly steps: number };
  readonly epochs: number;
  readonly learningRate: number | Schedule;
  /** AdamW over all variables of the objective that aren't frozen unless given. */
  readonly optimiser?: Optimiser;
  /** The largest global norm of the gradients; they are not clipped unless given. */
  readonly clipNorm?: number;
  /** Batches whose gradients make one step, as if they were one batch; 1 unless given. The last of an epoch may have fewer. */
  readonly accumulate?: number;
  /** Averages of the weights, which are then what is evaluated; none unless given. */
  readonly ema?: Ema;
  /** How much each term counts, by name; as the objective says where it isn't named. */
  readonly weights?: Readonly<Record<string, number | Schedule>>;
  /** Further numbers by the path of the part that reads them from `pass.scalars`, such as `heads.absolute.sigma`. */
  readonly scalars?: Readonly<Record<string, number | Schedule>>;
  /** Of all randomness of the steps (dropping, masks, sampled pairs); 0 unless given. */
  readonly seed?: number;
  /** Compiled on the native backend, else eager, unless given. */
  readonly executor?: Executor;
  readonly checkpoints?: Checkpoints;
  /** Which number of the evaluation decides what is best; the smallest `loss` unless given. */
  readonly best?: Criterion;
  /** Ends a training that no longer gets better; never unless given. */
  readonly earlyStopping?: EarlyStopping;
  /** Stops this session after some steps or seconds, with a checkpoint; never unless given. */
  readonly budget?: Budget;
  readonly callbacks?: readonly Callback[];
  /** When aborted, the training writes a checkpoint after the step in progress and returns. */
  readonly signal?: AbortSignal;
}

/**
 * Why a training returned: all steps are done, early stopping ended it, its session had its steps or its seconds, or its
 * signal was aborted.
 */
export type EndReason = 'all steps' | 'early stopping' | 'step budget' | 'time budget' | 'aborted';

/** How a training ended. */
export interface TrainingResult {
  /** Steps done, those before a resume included. */
  readonly step: number;
  /** The last evaluation; absent without validation batches, or when there was none in this session. */
  readonly evaluation?: Metrics;
  readonly best?: Progress['best'];
  readonly reason: EndReason;
  /** Whether nothing is left to do: after all steps and after early stopping. */
  readonly finished: boolean;
}

/**
 * Complains about options that make no training.
 *
 * @throws with the option, what was given and what is possible
 */
export function requireOptions({ objective, ...options }: TrainOptions): void {
  const { evaluateEvery = 1, accumulate = 1, epochs, budget, checkpoints, earlyStopping } = options;
  const counts = {
    epochs,
    accumulate,
    ...(typeof evaluateEvery === 'number' ? { evaluateEvery } : prefixed('evaluateEvery', evaluateEvery)),
    ...prefixed('budget', { steps: budget?.steps ?? 1 }),
    ...prefixed('checkpoints', {
      everySteps: checkpoints?.everySteps ?? 1,
      keepBest: checkpoints?.keepBest ?? 1,
    }),
    ...prefixed('earlyStopping', { patience: earlyStopping?.patience ?? 1 }),
  };
  for (const [name, count] of Object.entries(counts))
    if (!(Number.isInteger(count) && count > 0))
      throw new Error(`${name} is ${count}, but must be a whole number above 0.`);
  if (!((budget?.seconds ?? 1) > 0))
    throw new Error(`budget.seconds is ${budget?.seconds}, but must be above 0.`);
  if (earlyStopping !== undefined && options.validation === undefined)
    throw new Error('earlyStopping judges evaluations, and there are none: give validation batches.');
  const stranger = Object.keys(options.weights ?? {}).find((term) => !(term in objective.weights));
  if (stranger !== undefined)
    throw new Error(
      `The weight "${stranger}" names no term; the terms are ${Object.keys(objective.weights).join(', ')}.`,
    );
  requireScalars(objective.scalars, options.scalars ?? {});
}

/** An objective that does not state its scalars takes any. */
function requireScalars(stated: AnyObjective['scalars'], given: NonNullable<TrainOptions['scalars']>): void {
  if (stated === undefined) return;
  const stranger = Object.keys(given).find((name) => !(name in stated));
  if (stranger === undefined) return;
  const known = Object.keys(stated);
  throw new Error(
    `The scalar "${stranger}" is read by no part; ${known.length === 0 ? 'no part reads any' : `there are ${known.join(', ')}`}.`,
  );
}

function prefixed(prefix: string, record: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}.${name}`, value]));
}
