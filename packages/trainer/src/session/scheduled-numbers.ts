import { type Schedule, valueAt } from '../schedules/schedule.js';
import { passScalars, weightScalars } from '../steps/objective-terms.js';
import type { TrainOptions } from '../train-options.js';

/** The numbers of a training that may change from step to step. */
export interface ScheduledNumbers {
  readonly learningRate: (step: number) => number;
  /** How much each term counts, by name; nothing where no weight follows a schedule. */
  readonly changingWeights: (step: number) => { readonly weights?: Readonly<Record<string, number>> };
  /** What every pass is given, in evaluation too: weights and the further scalars, by their names in a step. */
  readonly passing: (step: number) => Readonly<Record<string, number>>;
  readonly passScalarNames: readonly string[];
}

/** Brings plain numbers and schedules into one form. */
export function scheduledNumbers(
  options: Pick<TrainOptions, 'objective' | 'learningRate' | 'weights' | 'scalars'>,
): ScheduledNumbers {
  const { objective, learningRate, scalars = {} } = options;
  const chosen = { ...objective.weights, ...options.weights };
  const weights = (step: number) => valuesAt(chosen, step);
  return {
    learningRate: (step) => valueAt(learningRate, step),
    changingWeights: (step) =>
      Object.values(chosen).some((value) => typeof value === 'function') ? { weights: weights(step) } : {},
    passing: (step) => ({ ...weightScalars(weights(step)), ...passScalars(valuesAt(scalars, step)) }),
    passScalarNames: Object.keys(scalars),
  };
}

function valuesAt(values: Readonly<Record<string, number | Schedule>>, step: number): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueAt(value, step)]));
}
