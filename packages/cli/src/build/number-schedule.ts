import { cosineSchedule, linearSchedule, type Schedule } from '@whereabouts/trainer';
import type { Scheduled } from '../settings/scheduled.js';

/** How long a training is. */
export interface TrainingLength {
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

const shapes = { linear: linearSchedule, cosine: cosineSchedule };

/** A setting that may follow a schedule, as the trainer takes it. */
export function numberSchedule(setting: Scheduled, length: TrainingLength): number | Schedule {
  if (typeof setting === 'number') return setting;
  const { from, to, shape, epochs } = setting;
  return shapes[shape]({ from, to, steps: epochs === 'all' ? length.steps : epochs * length.stepsPerEpoch });
}
