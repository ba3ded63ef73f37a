import { type AnyObjective, adamW, lars, layerDecay, type Optimiser, sgd } from '@whereabouts/trainer';
import type { TrainingConfig } from '../settings/training-config.js';
import { numberSchedule, type TrainingLength } from './number-schedule.js';

type OptimiserConfig = TrainingConfig['optimiser'];
type Options = Parameters<typeof adamW>[0];

const optimisers: Readonly<
  Record<OptimiserConfig['name'], (options: Options, config: OptimiserConfig) => Optimiser>
> = {
  adamw: (options, { betas, epsilon }) => adamW({ ...options, betas, epsilon }),
  sgd: (options, { momentum }) => sgd({ ...options, momentum }),
  lars: (options, { momentum, epsilon }) => lars({ ...options, momentum, epsilon }),
};

/** The optimiser that a configuration asks for. */
export function buildOptimiser(
  objective: AnyObjective,
  config: OptimiserConfig,
  length: TrainingLength,
): Optimiser {
  const options = {
    ...objective,
    weightDecay: numberSchedule(config.weightDecay, length),
    ...(config.layerDecay === 1 ? {} : { learningRateScales: layerDecay(objective, config.layerDecay) }),
  };
  return optimisers[config.name](options, config);
}
