import type { TrainOptions } from '@whereabouts/trainer';
import type { TrainingConfig } from '../settings/training-config.js';

/** When the trainer evaluates, what is best, and when it stops early. */
export function evaluationRules({
  every,
  everySteps,
  metric,
  patience,
  minimumChange,
}: TrainingConfig['evaluation']): Pick<TrainOptions, 'evaluateEvery' | 'best' | 'earlyStopping'> {
  return {
    evaluateEvery: everySteps === 'none' ? every : { steps: everySteps },
    best: { metric, mode: /(^|\.)loss$/.test(metric) ? 'min' : 'max' },
    ...(patience === 'none' ? {} : { earlyStopping: { patience, minimumChange } }),
  };
}
