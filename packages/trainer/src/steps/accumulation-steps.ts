import * as tf from '@tensorflow/tfjs-core';
import type { Variables } from '@whereabouts/layers';
import type { Step } from '../executor.js';
import { zerosFor } from '../optimisers/parameter-groups.js';
import { applyGradients, type Updating } from './apply-gradients.js';
import { lossAndGradients } from './loss-and-gradients.js';
import type { AnyObjective } from './objective-terms.js';

/** The two halves of an update from the gradients of several batches. */
export interface AccumulationSteps {
  /** The sums of gradients, which are zero between updates. */
  readonly sums: Variables;
  /**
   * `accumulate` adds the gradients of a batch, times its scalar `images`, and gives what a training step gives but
   * `gradientNorm`. `apply` divides the sums by its scalar `images`, updates, empties the sums and gives `gradientNorm`.
   */
  readonly steps: Readonly<Record<'accumulate' | 'apply', Step>>;
}

/** Training in two steps, with the scalars of `trainingStep` and `images`. */
export function accumulationSteps(
  options: Updating & { readonly objective: AnyObjective; readonly passScalarNames: readonly string[] },
): AccumulationSteps {
  const { objective, passScalarNames } = options;
  const differentiate = lossAndGradients(objective, passScalarNames);
  const sums = zerosFor('sum', objective);
  const reached = new Set<string>(); // what gets no gradient is not to decay either
  return {
    sums,
    steps: {
      accumulate: (inputs) => {
        const { report, gradients } = differentiate(inputs);
        for (const [path, gradient] of Object.entries(gradients)) {
          const sum = sums[`sum.${path}`] as tf.Variable;
          reached.add(path);
          sum.assign(tf.add(sum, tf.mul(gradient, inputs.scalars.images as tf.Scalar)));
        }
        return report;
      },
      apply: ({ scalars }) => {
        const means = [...reached].map((path) => [
          path,
          tf.div(sums[`sum.${path}`] as tf.Variable, scalars.images as tf.Scalar),
        ]);
        const gradientNorm = applyGradients(options, Object.fromEntries(means), scalars);
        for (const sum of Object.values(sums)) sum.assign(tf.zerosLike(sum));
        return { gradientNorm };
      },
    },
  };
}
