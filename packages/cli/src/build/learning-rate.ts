import {
  constant,
  cosineSchedule,
  linearSchedule,
  multistepSchedule,
  polynomialSchedule,
  type Schedule,
  stepSchedule,
  warmup,
} from '@whereabouts/trainer';
import type { TrainingConfig } from '../settings/training-config.js';
import type { TrainingLength } from './number-schedule.js';

type ScheduleConfig = TrainingConfig['schedule'];

/** What follows the warm-up, by the name of its shape. */
const shapes: Readonly<
  Record<ScheduleConfig['shape'], (config: ScheduleConfig, length: TrainingLength) => Schedule>
> = {
  cosine: ({ learningRate: from, minimumLearningRate: to }, { steps }) => cosineSchedule({ from, to, steps }),
  linear: ({ learningRate: from, minimumLearningRate: to }, { steps }) => linearSchedule({ from, to, steps }),
  polynomial: ({ learningRate: from, minimumLearningRate: to, power }, { steps }) =>
    polynomialSchedule({ from, to, power, steps }),
  step: ({ learningRate: from, decayEpochs, decayRate: factor }, { stepsPerEpoch }) =>
    stepSchedule({ from, factor, every: decayEpochs * stepsPerEpoch }),
  multistep: ({ learningRate: from, decayMilestones, decayRate: factor }, { stepsPerEpoch }) =>
    multistepSchedule({ from, factor, at: decayMilestones.map((epoch) => epoch * stepsPerEpoch) }),
  constant: ({ learningRate }) => constant(learningRate),
};

/**
 * The learning rate of a training: a rise in a straight line, and what its settings say after that. Epochs of `step` and
 * `multistep` are counted from the end of the warm-up.
 *
 * @throws when the warm-up leaves no step
 */
export function learningRateSchedule(config: ScheduleConfig, length: TrainingLength): Schedule {
  const warmupSteps = Math.round(config.warmupEpochs * length.stepsPerEpoch);
  const rest = { ...length, steps: length.steps - warmupSteps };
  if (rest.steps < 1)
    throw new Error(
      `The warm-up takes ${warmupSteps} steps, but the training has only ${length.steps}; shorten the warm-up.`,
    );
  return warmup(shapes[config.shape](config, rest), { steps: warmupSteps, from: config.warmupLearningRate });
}
