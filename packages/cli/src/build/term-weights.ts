import type { Schedule } from '@whereabouts/trainer';
import { isEverAbove0 } from '../settings/scheduled.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { numberSchedule, type TrainingLength } from './number-schedule.js';

/** How much each position label counts in the loss; the classes always count 1. */
export function termWeights(
  { labels }: TrainingConfig,
  length: TrainingLength,
): Readonly<Record<string, number | Schedule>> {
  const positions = (['absolute', 'relative'] as const)
    .filter((name) => isEverAbove0(labels[name]))
    .map((name) => [name, numberSchedule(labels[name], length)]);
  return Object.fromEntries(positions);
}

/** The weights of an evaluation after a step, those of position labels by their schedules. */
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
