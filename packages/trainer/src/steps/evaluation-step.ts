import type { Step } from '../executor.js';
import { type AnyObjective, passOver } from './objective-terms.js';

/**
 * An evaluation step: terms and their weighted sum, without dropping and without gradients. Its scalars in are
 * `weights.<term>` and `pass.<name>`; its scalars out are `loss`, `<term>.loss` and `<term>.<metric>`.
 *
 * @param passScalarNames of the numbers that the pass carries; none unless given
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
export function evaluationStep(objective: AnyObjective, passScalarNames: readonly string[] = []): Step {
  return (inputs) => {
    const { loss, report } = passOver(objective, { ...inputs, training: false }, passScalarNames);
    return { loss, ...report };
  };
}
