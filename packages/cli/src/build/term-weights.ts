import type { Schedule } from '@whereabouts/trainer';
import { isEverAbove0 } from '../settings/scheduled.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { numberSchedule, type TrainingLength } from './number-schedule.js';

/** How much each term of the loss counts: the classes always 1. */
export function termWeights(
  { labels }: TrainingConfig,
  length: TrainingLength,
): Readonly<Record<string, number | Schedule>> {
  const positions = (['absolute', 'relative'] as const)
    .filter((name) => isEverAbove0(labels[name]))
    .map((name) => [name, numberSchedule(labels[name], length)]);
  return { classes: 1, ...Object.fromEntries(positions) };
}

/** The same at one step, counted from 0. */
export function termWeightsAt(
  config: TrainingConfig,
  length: TrainingLength,
  step: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(termWeights(config, length)).map(([term, weight]) => [
      term,
      typeof weight === 'number' ? weight : weight(step),
    ]),
  );
}
