import type { Step } from '../executor.js';
import { applyGradients, type Updating } from './apply-gradients.js';
import { lossAndGradients } from './loss-and-gradients.js';
import type { AnyObjective } from './objective-terms.js';

/**
 * A training step: terms, weighted sum, gradients, clipping, update. Its scalars in are `learningRate`, those of the
 * optimiser and the EMA, `weights.<term>` and `pass.<name>`; its scalars out are `loss`, `<term>.loss`, `<term>.<metric>`
 * and `gradientNorm`.
 *
 * @param options.clipNorm the largest global norm of the gradients; none unless given
 * @param options.passScalarNames of the numbers that the pass carries; none unless given
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
export function trainingStep(
  options: Updating & { readonly objective: AnyObjective; readonly passScalarNames?: readonly string[] },
): Step {
  const differentiate = lossAndGradients(options.objective, options.passScalarNames ?? []);
  return (inputs) => {
    const { report, gradients } = differentiate(inputs);
    return { ...report, gradientNorm: applyGradients(options, gradients, inputs.scalars) };
  };
}
