import { isUnder, type Objective, type Variables } from '@whereabouts/layers';

/**
 * An objective of which some variables are not learned: they get no gradient, no state in the optimiser and no decay, and
 * stay in checkpoints. To learn them later, start another training from the weights of this one (`loadModel`).
 *
 * @param which names that lead the paths of what is frozen, as `isUnder` reads them, or whether a path is frozen
 * @returns the objective with `frozen`, which adds to what it had frozen before; the variables are the same
 * @throws when a name leads no variable, when nothing is frozen, and when nothing is left to learn
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { adamW, freeze } from '@whereabouts/trainer';
 *
 * const variables = { 'backbone.weight': variable(tf.ones([2])), 'heads.classes.weight': variable(tf.ones([2])) };
 * const objective = { variables, undecayed: [], weights: {}, terms: () => ({}) };
 * const probe = freeze(objective, ['backbone']);
 * probe.frozen; // => ["backbone.weight"]
 * Object.keys(adamW(probe).state); // => ["moment1.heads.classes.weight", "moment2.heads.classes.weight"]
 * ```
 */
export function freeze<Batch>(
  objective: Objective<Batch>,
  which: readonly string[] | ((path: string) => boolean),
): Objective<Batch> & { readonly frozen: readonly string[] } {
  const paths = Object.keys(objective.variables);
  const names = typeof which === 'function' ? [] : which;
  const stranger = names.find((name) => !paths.some((path) => isUnder(path, name)));
  if (stranger !== undefined)
    throw new Error(
      `There is nothing to freeze under "${stranger}"; the variables are ${paths.join(', ')}, and a name such as "${paths[0]?.split('.')[0]}" leads all paths that begin with it and a dot.`,
    );
  const chosen =
    typeof which === 'function' ? which : (path: string) => names.some((name) => isUnder(path, name));
  const before = objective.frozen ?? [];
  const frozen = paths.filter((path) => before.includes(path) || chosen(path));
  if (frozen.length === 0) throw new Error('Nothing was frozen: no variable was chosen.');
  if (frozen.length === paths.length)
    throw new Error('Everything was frozen, so nothing is left to learn; leave a head out, such as "heads".');
  return { ...objective, frozen };
}

/** The variables that are not frozen, by path. */
export function learnedVariables({
  variables,
  frozen = [],
}: Pick<Objective<never>, 'variables' | 'frozen'>): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([path]) => !frozen.includes(path)));
}
