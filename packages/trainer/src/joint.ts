import {
  type Backbone,
  type Features,
  gatherVariables,
  type Head,
  type HeadLoss,
  type Objective,
  type Pass,
  unmetNeed,
  within,
} from '@whereabouts/layers';

/** Heads by name; the name is the term's in losses, metrics and checkpoints. */
export type Heads = Readonly<Record<string, Head<never, unknown>>>;

type BatchOf<SomeHead> = SomeHead extends Head<infer Batch, unknown> ? Batch : never;

/** The batch that a backbone and its heads read together, such as `{ images, classes }`. */
export type JointBatch<Input, SomeHeads extends Heads> = { readonly images: Input } & ({
  [Name in keyof SomeHeads]: (batch: BatchOf<SomeHeads[Name]>) => void;
}[keyof SomeHeads] extends (batch: infer Batch) => void
  ? Batch
  : never);

/**
 * One pass through a backbone, many heads: the objective whose terms are the heads' losses. The batch type follows
 * from the heads; variables are `backbone.<path>` and `heads.<name>.<path>`; each part draws randomness of its own, so
 * adding a head disturbs no other.
 *
 * @param options.weights how much each head's loss counts, by name; 1 unless given
 * @throws when a head needs what the backbone doesn't offer, or a weight names no head
 * @source Zhang & Gong, AAAI 2023: `L = L_class + 0.5 · L_position`, constant, without a stop-gradient
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { classification } from '@whereabouts/layers';
 * import { absolutePositions } from '@whereabouts/position-labels';
 * import { joint } from '@whereabouts/trainer';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 });
 * const objective = joint(
 *   backbone,
 *   { classes: classification({ spec: backbone.spec, classes: 3 }), absolute: absolutePositions({ spec: backbone.spec }) },
 *   { weights: { absolute: 0.5 } },
 * );
 * objective.weights; // => { "classes": 1, "absolute": 0.5 }
 * ```
 */
export function joint<Input, const SomeHeads extends Heads>(
  backbone: Backbone<Input>,
  heads: SomeHeads,
  options: { readonly weights?: { readonly [Name in keyof SomeHeads]?: number } } = {},
): Objective<JointBatch<Input, SomeHeads>> {
  const named = Object.entries(heads);
  if (named.length === 0)
    throw new Error('joint needs at least one head; without one there is nothing to learn.');
  for (const [name, head] of named) {
    const unmet = unmetNeed(head.needs, backbone.spec);
    if (unmet !== undefined) throw new Error(`The head "${name}" ${unmet}.`);
  }
  const stranger = Object.keys(options.weights ?? {}).find((name) => heads[name] === undefined);
  if (stranger !== undefined)
    throw new Error(
      `The weight "${stranger}" names no head; the heads are ${Object.keys(heads).join(', ')}.`,
    );

  return {
    variables: gatherVariables({
      backbone,
      ...Object.fromEntries(named.map(([name, head]) => [`heads.${name}`, head])),
    }),
    undecayed: (backbone.undecayed ?? []).map((path) => `backbone.${path}`),
    ...(backbone.layerGroups === undefined
      ? {}
      : { layerGroups: backbone.layerGroups.map((group) => group.map((path) => `backbone.${path}`)) }),
    weights: Object.fromEntries(named.map(([name]) => [name, options.weights?.[name] ?? 1])),
    scalars: {
      ...under('backbone', backbone.scalars),
      ...Object.assign({}, ...named.map(([name, head]) => under(`heads.${name}`, head.scalars))),
    },
    terms: (batch, pass) => {
      const features = backbone.apply(batch.images, within(pass, 'backbone'));
      return Object.fromEntries(
        named.map(([name, head]) => [name, lossOf(head, features, batch, within(pass, `heads.${name}`))]),
      );
    },
  };
}

function under(part: string, scalars: Readonly<Record<string, number>> = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(scalars).map(([name, value]) => [`${part}.${name}`, value]));
}

// `JointBatch` is the intersection of what all heads read, so each head finds its own batch in it.
function lossOf(head: Head<never, unknown>, features: Features, batch: object, pass: Pass): HeadLoss {
  return head.loss(features, batch as never, pass);
}
