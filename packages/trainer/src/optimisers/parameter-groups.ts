import * as tf from '@tensorflow/tfjs-core';
import { variable } from '@whereabouts/layers';
import { learnedVariables } from '../freeze.js';
import type { OptimiserOptions } from './optimiser-options.js';

/** Zeros for every variable that is learned, by `<name>.<path>`. */
export function zerosFor(
  name: string,
  model: Pick<OptimiserOptions, 'variables' | 'frozen'>,
): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(learnedVariables(model)).map(([path, { shape }]) => [
      `${name}.${path}`,
      variable(tf.zeros(shape)),
    ]),
  );
}

/**
 * The factor of the learning rate of a path.
 *
 * @throws when a scale is for no variable
 */
export function scalesOf({
  variables,
  learningRateScales = {},
}: Pick<OptimiserOptions, 'variables' | 'learningRateScales'>): (path: string) => number {
  const stranger = Object.keys(learningRateScales).find((path) => variables[path] === undefined);
  if (stranger !== undefined)
    throw new Error(
      `learningRateScales names "${stranger}", which is no variable; name whole paths, such as ${Object.keys(variables)[0]}.`,
    );
  return (path) => learningRateScales[path] ?? 1;
}

/** Whether weight decay reaches a path. */
export function decayedPaths({
  variables,
  undecayed = [],
}: Pick<OptimiserOptions, 'variables' | 'undecayed'>): (path: string) => boolean {
  return (path) => (variables[path]?.rank ?? 0) >= 2 && !undecayed.includes(path);
}

/**
 * What an update computes once for every learning rate there is.
 *
 * @param make from the learning rate of a group, `[] float32`
 * @returns by the path of a variable; within one update
 */
export function perLearningRate<Numbers>(
  learningRate: tf.Scalar,
  scaleOf: (path: string) => number,
  make: (learningRate: tf.Scalar) => Numbers,
): (path: string) => Numbers {
  const made = new Map<number, Numbers>();
  return (path) => {
    const scale = scaleOf(path);
    const numbers = made.get(scale) ?? make(scale === 1 ? learningRate : tf.mul(learningRate, scale));
    made.set(scale, numbers);
    return numbers;
  };
}

/** A weight decay as a number of the graph, or where it follows a schedule as a scalar of the step. */
export function decayScalar(
  weightDecay: NonNullable<OptimiserOptions['weightDecay']>,
  scalars: Readonly<Record<string, tf.Scalar>>,
): number | tf.Scalar {
  return typeof weightDecay === 'number' ? weightDecay : (scalars[decayName] as tf.Scalar);
}

/** The scalars of a step that `decayScalar` reads. */
export function decayScalars(
  weightDecay: NonNullable<OptimiserOptions['weightDecay']>,
  step: number,
): Readonly<Record<string, number>> {
  return typeof weightDecay === 'number' ? {} : { [decayName]: weightDecay(step) };
}

const decayName = 'weightDecay';
