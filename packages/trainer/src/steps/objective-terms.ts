import * as tf from '@tensorflow/tfjs-core';
import type { HeadLoss, Objective, Random } from '@whereabouts/layers';

/** An objective over whatever batch the data hands over; data and heads agree by the names in it. */
export type AnyObjective = Objective<never>;

/** What a pass over a batch gave. */
export interface Terms {
  /** The weighted sum of the losses, `[] float32`. */
  readonly loss: tf.Scalar;
  /** `<term>.loss` and `<term>.<metric>`, `[] float32` each. */
  readonly report: Readonly<Record<string, tf.Scalar>>;
}

/** The names of the scalars of a step: a term's weight, and a number for the pass. */
const weightOf = (term: string) => `weights.${term}`;
const passScalarOf = (name: string) => `pass.${name}`;

/**
 * The numbers that hold the weights of an objective's terms in a step.
 *
 * @example
 * ```ts
 * import { weightScalars } from '@whereabouts/trainer';
 *
 * weightScalars({ absolute: 0.5 }); // => { "weights.absolute": 0.5 }
 * ```
 */
export function weightScalars(weights: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(weights).map(([term, weight]) => [weightOf(term), weight]));
}

/**
 * The numbers that a step hands on as `pass.scalars`, by the names there.
 *
 * @example
 * ```ts
 * import { passScalars } from '@whereabouts/trainer';
 *
 * passScalars({ 'heads.dropped.sigma': 0.5 }); // => { "pass.heads.dropped.sigma": 0.5 }
 * ```
 */
export function passScalars(numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [passScalarOf(name), value]));
}

/**
 * One pass over a batch.
 *
 * @param passScalarNames of the numbers that the pass carries
 */
export function passOver(
  objective: AnyObjective,
  inputs: {
    readonly batch: object;
    readonly scalars: Readonly<Record<string, tf.Scalar>>;
    readonly random: Random;
    readonly training: boolean;
  },
  passScalarNames: readonly string[],
): Terms {
  const { batch, scalars, random, training } = inputs;
  const given = Object.fromEntries(
    passScalarNames.map((name) => [name, scalars[passScalarOf(name)] as tf.Scalar]),
  );
  const pass = passScalarNames.length === 0 ? { training, random } : { training, random, scalars: given };
  // The batch is whatever the data hands over: its names and shapes are checked where the heads read them.
  const terms = objective.terms(batch as never, pass);
  const weighted = Object.entries(terms).map(([term, { loss }]) =>
    term in objective.weights ? tf.mul(loss, scalars[weightOf(term)] as tf.Scalar) : loss,
  );
  return { loss: tf.addN(weighted) as tf.Scalar, report: flatten(terms) };
}

function flatten(terms: Readonly<Record<string, HeadLoss>>): Record<string, tf.Scalar> {
  return Object.fromEntries(
    Object.entries(terms).flatMap(([term, { loss, metrics }]) =>
      Object.entries({ loss, ...metrics }).map(([name, value]) => [`${term}.${name}`, value]),
    ),
  );
}
