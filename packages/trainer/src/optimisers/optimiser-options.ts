import type { Variables } from '@whereabouts/layers';
import type { Schedule } from '../schedules/schedule.js';

/** What every optimiser is told of the variables; an objective has most of it, so `adamW(objective)` will do. */
export interface OptimiserOptions {
  /** What it may change, by path. */
  readonly variables: Variables;
  /** Paths of variables that it leaves alone and remembers nothing of; none unless given. */
  readonly frozen?: readonly string[];
  /** Paths that weight decay leaves alone; vectors and scalars are always left alone. */
  readonly undecayed?: readonly string[];
  /** Per step, times the learning rate; a number or a schedule. */
  readonly weightDecay?: number | Schedule;
  /** Factors of the learning rate by path, such as `layerDecay` makes; 1 for a path that it doesn't name. */
  readonly learningRateScales?: Readonly<Record<string, number>>;
}
