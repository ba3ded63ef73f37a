import * as tf from '@tensorflow/tfjs-core';
import type { HeadLoss, Objective, Pass } from '@whereabouts/layers';
import { clipGradients, globalNorm } from './clip-gradients.js';
import type { Step } from './executor.js';
import type { Gradients, Optimiser } from './optimiser.js';

/** An objective over whatever batch the data hands over; data and heads agree by the names in it. */
export type AnyObjective = Objective<never>;

/** The name of the scalar that holds a term's weight. */
const weightOf = (term: string) => `weights.${term}`;

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
 * A training step: terms, weighted sum, gradients, clipping, update. Its scalars in are `learningRate`, the
 * optimiser's and `weights.<term>`; its scalars out are `loss`, `<term>.loss`, `<term>.<metric>` and `gradientNorm`.
 *
 * @param options.clipNorm the largest global norm of the gradients; none unless given
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { adamW, eagerExecutor, trainingStep } from '@whereabouts/trainer';
 *
 * const variables = { x: variable(tf.scalar(3)) };
 * const objective = { variables, undecayed: [], weights: { square: 1 }, terms: () => ({ square: { loss: tf.square(variables.x) } }) };
 * const optimiser = adamW({ variables });
 * const program = await eagerExecutor().prepare({ train: trainingStep({ objective, optimiser }) }, variables);
 * const scalars = { learningRate: 0.1, 'weights.square': 1, ...optimiser.scalars(0) };
 * (await program.run('train', { batch: {}, scalars, seed: 0, step: 0 })).gradientNorm; // => 6
 * ```
 */
export function trainingStep(options: {
  readonly objective: AnyObjective;
  readonly optimiser: Optimiser;
  readonly clipNorm?: number;
}): Step {
  const { objective, optimiser, clipNorm } = options;
  const paths = Object.keys(objective.variables);
  const variables = Object.values(objective.variables);
  return ({ batch, scalars, random }) => {
    let report: Record<string, tf.Scalar> = {};
    const { value, grads } = differentiate(() => {
      const terms = termsOf(objective, batch, { training: true, random });
      report = Object.fromEntries(Object.entries(flatten(terms)).map(keepCopy));
      const weighted = Object.entries(terms).map(([term, { loss }]) =>
        tf.mul(loss, scalars[weightOf(term)] as tf.Scalar),
      );
      return tf.addN(weighted) as tf.Scalar;
    }, variables);
    const gradients: Gradients = Object.fromEntries(
      paths.flatMap((path, index) => {
        const gradient = grads[variables[index]?.name ?? ''];
        return gradient === undefined ? [] : [[path, gradient]];
      }),
    );
    const gradientNorm = globalNorm(gradients);
    const shortened = clipNorm === undefined ? gradients : clipGradients(gradients, gradientNorm, clipNorm);
    optimiser.update(shortened, scalars.learningRate as tf.Scalar, scalars);
    const copies = Object.fromEntries(Object.entries(report).map(([name, kept]) => [name, tf.clone(kept)]));
    tf.dispose(report);
    return { loss: value, ...copies, gradientNorm };
  };
}

/**
 * An evaluation step: terms and their weighted sum, without dropping and without gradients. Its scalars in are
 * `weights.<term>`; its scalars out are `loss`, `<term>.loss` and `<term>.<metric>`.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { eagerExecutor, evaluationStep } from '@whereabouts/trainer';
 *
 * const objective = { variables: {}, undecayed: [], weights: { one: 1 }, terms: () => ({ one: { loss: tf.scalar(2) } }) };
 * const program = await eagerExecutor().prepare({ evaluate: evaluationStep(objective) }, {});
 * await program.run('evaluate', { batch: {}, scalars: { 'weights.one': 0.5 }, seed: 0, step: 0 }); // => { "loss": 1, "one.loss": 2 }
 * ```
 */
export function evaluationStep(objective: AnyObjective): Step {
  return ({ batch, scalars, random }) => {
    const terms = termsOf(objective, batch, { training: false, random });
    const weighted = Object.entries(terms).map(([term, { loss }]) =>
      tf.mul(loss, scalars[weightOf(term)] as tf.Scalar),
    );
    return { loss: tf.addN(weighted) as tf.Scalar, ...flatten(terms) };
  };
}

type Terms = Readonly<Record<string, HeadLoss>>;

// The batch is whatever the data hands over: its names and shapes are checked where the heads read them.
function termsOf(objective: AnyObjective, batch: object, pass: Pass): Terms {
  return objective.terms(batch as never, pass);
}

function flatten(terms: Terms): Record<string, tf.Scalar> {
  return Object.fromEntries(
    Object.entries(terms).flatMap(([term, { loss, metrics }]) =>
      Object.entries({ loss, ...metrics }).map(([name, value]) => [`${term}.${name}`, value]),
    ),
  );
}

// `variableGrads` frees whatever its function leaves behind, so what is reported must be kept.
function keepCopy([name, value]: [string, tf.Scalar]): [string, tf.Scalar] {
  return [name, tf.keep(tf.clone(value))];
}

function differentiate(total: () => tf.Scalar, variables: tf.Variable[]) {
  try {
    return tf.variableGrads(total, variables);
  } catch (error) {
    if (!String(error).includes('gradient function not found')) throw error;
    throw new Error(
      `No gradients are registered: import '@tensorflow/tfjs' (or '@tensorflow/tfjs-node-gpu') once before training; '@tensorflow/tfjs-core' alone has none. (${error})`,
      { cause: error },
    );
  }
}
