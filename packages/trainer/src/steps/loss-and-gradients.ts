import * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../executor.js';
import { learnedVariables } from '../freeze.js';
import type { Gradients } from '../optimisers/optimiser.js';
import { type AnyObjective, passOver } from './objective-terms.js';

/** A training pass over a batch: `loss`, `<term>.loss` and `<term>.<metric>`, and the gradients of what is learned. */
export interface LossAndGradients {
  readonly report: Readonly<Record<string, tf.Scalar>>;
  readonly gradients: Gradients;
}

/**
 * The forward and the backward pass of a step; frozen variables get no gradient.
 *
 * @throws when `frozen` of the objective names no variable
 */
export function lossAndGradients(
  objective: AnyObjective,
  passScalarNames: readonly string[],
): (inputs: Parameters<Step>[0]) => LossAndGradients {
  const { variables, frozen = [] } = objective;
  const stranger = frozen.find((path) => variables[path] === undefined);
  if (stranger !== undefined)
    throw new Error(`The objective's frozen names "${stranger}", which is no variable.`);
  const learned = Object.entries(learnedVariables(objective));
  return (inputs) => {
    let kept: Record<string, tf.Scalar> = {};
    const { value, grads } = differentiate(
      () => {
        const { loss, report } = passOver(objective, { ...inputs, training: true }, passScalarNames);
        kept = Object.fromEntries(Object.entries(report).map(keepCopy));
        return loss;
      },
      learned.map(([, variable]) => variable),
    );
    const report = Object.fromEntries(Object.entries(kept).map(([name, scalar]) => [name, tf.clone(scalar)]));
    tf.dispose(kept);
    return {
      report: { loss: value, ...report },
      gradients: Object.fromEntries(
        learned.flatMap(([path, { name }]) => {
          const gradient = grads[name];
          return gradient === undefined ? [] : [[path, gradient]];
        }),
      ),
    };
  };
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
