import type { TrainOptions } from '@whereabouts/trainer';
import type { TrainingConfig } from '../settings/training-config.js';

/**
 * When the trainer evaluates, what is best, and when it stops early.
 *
 * @param hasClasses whether the data has labels
 */
export function evaluationRules(
  { every, everySteps, metric: asked, patience, minimumChange }: TrainingConfig['evaluation'],
  hasClasses: boolean,
): Pick<TrainOptions, 'evaluateEvery' | 'best' | 'earlyStopping'> {
  const usual = hasClasses ? 'classes.accuracy' : 'loss';
  const metric = asked === 'auto' ? usual : asked;
  return {
    evaluateEvery: everySteps === 'none' ? every : { steps: everySteps },
    best: { metric, mode: /(^|\.)loss$/.test(metric) ? 'min' : 'max' },
    ...(patience === 'none' ? {} : { earlyStopping: { patience, minimumChange } }),
  };
}
