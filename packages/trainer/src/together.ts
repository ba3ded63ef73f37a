import type { Objective, Variables } from '@whereabouts/layers';
import type { AnyObjective } from './steps/objective-terms.js';

/** Objectives by name. */
export type Objectives = Readonly<Record<string, AnyObjective>>;

type BatchOf<SomeObjective> = SomeObjective extends Objective<infer Batch> ? Batch : never;

/** The batch that several objectives read together: the intersection of theirs. */
export type TogetherBatch<Parts extends Objectives> = {
  [Name in keyof Parts]: (batch: BatchOf<Parts[Name]>) => void;
}[keyof Parts] extends (batch: infer Batch) => void
  ? Batch
  : never;

/**
 * Several objectives as one, which learn from the same batches: such as the class on a whole ViT and the jigsaw on a view
 * of it. A variable that lies under one path in several of them has to be the same one, and is learned once; terms keep
 * their names, so no two may have one in common. Each objective draws randomness by its own name.
 *
 * @throws when two objectives have a term of one name, or different variables under one path
 * @source Chen et al. 2023 (Jigsaw-ViT): `L = L_class + 0.1 · L_jigsaw`, two passes over one set of weights
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { classification } from '@whereabouts/layers';
 * import { jigsawPositions } from '@whereabouts/position-labels';
 * import { joint, together } from '@whereabouts/trainer';
 * import { masked, vit, withoutEncoding } from '@whereabouts/vit';
 *
 * const whole = vit({ imageSize: 16, patchSize: 4, channels: 8, depth: 1, heads: 2 });
 * const pieces = masked(withoutEncoding(whole), { keepRatio: 0.5 });
 * const objective = together({
 *   whole: joint(whole, { classes: classification({ spec: whole.spec, classes: 3 }) }),
 *   pieces: joint(pieces, { jigsaw: jigsawPositions({ spec: pieces.spec }) }, { weights: { jigsaw: 0.1 } }),
 * });
 * objective.weights; // => { "classes": 1, "jigsaw": 0.1 }
 * ```
 */
export function together<const Parts extends Objectives>(parts: Parts): Objective<TogetherBatch<Parts>> {
  const named = Object.entries(parts);
  const objectives = Object.values(parts);
  if (named.length === 0)
    throw new Error('together needs at least one objective; without one there is nothing to learn.');
  requireOwnTerms(named);
  const groups = layerGroupsOf(objectives);
  return {
    variables: sharedVariables(named),
    undecayed: onceEach(objectives.flatMap(({ undecayed }) => undecayed)),
    frozen: onceEach(objectives.flatMap(({ frozen = [] }) => frozen)),
    ...(groups === undefined ? {} : { layerGroups: groups }),
    weights: Object.assign({}, ...objectives.map(({ weights }) => weights)),
    ...(objectives.some(({ scalars }) => scalars === undefined)
      ? {}
      : { scalars: Object.assign({}, ...objectives.map(({ scalars }) => scalars)) }),
    terms: (batch, pass) =>
      Object.assign(
        {},
        // `TogetherBatch` is the intersection of what all read, so each finds its own batch in it.
        ...named.map(([name, { terms }]) =>
          terms(batch as never, { ...pass, random: pass.random.fork(name) }),
        ),
      ),
  };
}

const onceEach = (names: readonly string[]) => [...new Set(names)];

function requireOwnTerms(named: readonly (readonly [string, AnyObjective])[]): void {
  const owners = new Map<string, string>();
  for (const [name, { weights }] of named)
    for (const term of Object.keys(weights)) {
      const other = owners.get(term);
      if (other !== undefined)
        throw new Error(
          `The objectives "${other}" and "${name}" both have a term "${term}"; give the heads different names.`,
        );
      owners.set(term, name);
    }
}

function sharedVariables(named: readonly (readonly [string, AnyObjective])[]): Variables {
  const owners = new Map<string, string>();
  const variables: Record<string, Variables[string]> = {};
  for (const [name, objective] of named)
    for (const [path, variable] of Object.entries(objective.variables)) {
      const other = variables[path];
      if (other !== undefined && other !== variable)
        throw new Error(
          `The objectives "${owners.get(path)}" and "${name}" have different variables at "${path}"; make both of views of one backbone.`,
        );
      owners.set(path, name);
      variables[path] = variable;
    }
  return variables;
}

/** Groups that belong to one layer, joined; unknown where an objective doesn't know its own, or has another number. */
function layerGroupsOf(objectives: readonly AnyObjective[]): AnyObjective['layerGroups'] {
  const [first, ...others] = objectives.map(({ layerGroups }) => layerGroups);
  if (first === undefined || others.some((groups) => groups?.length !== first.length)) return undefined;
  return first.map((group, layer) =>
    onceEach([...group, ...others.flatMap((groups) => groups?.[layer] ?? [])]),
  );
}
