import * as tf from '@tensorflow/tfjs-core';

/** Variables by path relative to their owner, such as `blocks.0.norm1.weight`; the paths are the checkpoint format. */
export type Variables = Readonly<Record<string, tf.Variable>>;

/**
 * Makes a variable of an initial value and disposes the value.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 *
 * variable(tf.zeros([2, 3])).shape; // => [2, 3]
 * ```
 */
export function variable<Rank extends tf.Rank>(initial: tf.Tensor<Rank>): tf.Variable<Rank> {
  const made = tf.variable(initial);
  initial.dispose();
  return made;
}

/**
 * Gathers the variables of named parts into one record, each path led by its part's name.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { gatherVariables, variable } from '@whereabouts/layers';
 *
 * const norm = { variables: { weight: variable(tf.ones([4])) } };
 * Object.keys(gatherVariables({ 'blocks.0.norm1': norm })); // => ['blocks.0.norm1.weight']
 * ```
 */
export function gatherVariables(
  parts: Readonly<Record<string, { readonly variables: Variables }>>,
): Variables {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, { variables }]) =>
      Object.entries(variables).map(([path, value]) => [`${part}.${path}`, value]),
    ),
  );
}

/**
 * Counts the numbers that a model learns.
 *
 * @example
 * ```ts
 * import { countParameters, linear, createRandom } from '@whereabouts/layers';
 * import '@tensorflow/tfjs';
 *
 * const layer = linear({ inputs: 4, outputs: 3, random: createRandom({ seed: 0, step: 0 }) });
 * countParameters(layer.variables); // => 15
 * ```
 */
export function countParameters(variables: Variables): number {
  return Object.values(variables).reduce((total, { size }) => total + size, 0);
}

/**
 * Frees the memory of all variables of a model that is no longer needed.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { disposeVariables, variable } from '@whereabouts/layers';
 *
 * const weight = variable(tf.ones([4]));
 * disposeVariables({ weight });
 * weight.isDisposed; // => true
 * ```
 */
export function disposeVariables(variables: Variables): void {
  for (const value of Object.values(variables)) value.dispose();
}
