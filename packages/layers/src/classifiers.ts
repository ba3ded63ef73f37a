import * as tf from '@tensorflow/tfjs-core';
import type { FeatureSpec, Features } from './features.js';
import { type HeadNeeds, unmetNeed } from './head.js';
import { type Initialise, smallNormal } from './initialise.js';
import { linear } from './linear.js';
import { createRandom } from './random.js';
import { gatherVariables, type Variables } from './variables.js';

/** What every classifying head is made of. */
export interface ClassifierOptions {
  /** Of the backbone that it will sit on. */
  readonly spec: FeatureSpec;
  /** How many. */
  readonly classes: number;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
  readonly initialise?: Initialise;
}

/** One linear classifier for each vector that a backbone hands over per image. */
export interface Classifiers {
  readonly needs: HeadNeeds;
  /** `weight` and `bias` of that on the pooled vector, `distilled.weight` and `distilled.bias` of that on the distilled one. */
  readonly variables: Variables;
  /** `[batch, classes] float32` each: of the pooled vector, then of the distilled one where there is one. */
  readonly logits: (features: Features) => readonly tf.Tensor2D[];
}

/**
 * Makes the classifiers that a spec calls for.
 *
 * @throws when the backbone pools nothing
 * @source timm's `head`, and `head_dist` of its distilled DeiT
 */
export function classifiers(owner: string, options: ClassifierOptions): Classifiers {
  const { spec, classes, seed = 0, initialise = smallNormal } = options;
  const needs = { pooled: true };
  const unmet = unmetNeed(needs, spec);
  if (unmet !== undefined) throw new Error(`The ${owner} head ${unmet}.`);
  const random = createRandom({ seed, step: 0 }).fork('classification');
  const pooled = linear({ inputs: spec.pooled, outputs: classes, random, initialise });
  const ofPooled = ({ pooled: vector }: Features) => pooled.apply(vector as tf.Tensor2D);
  if (!spec.distilled)
    return { needs, variables: pooled.variables, logits: (features) => [ofPooled(features)] };
  const distilled = linear({
    inputs: spec.distilled,
    outputs: classes,
    random: random.fork('distilled'),
    initialise,
  });
  return {
    needs,
    variables: { ...pooled.variables, ...gatherVariables({ distilled }) },
    logits: (features) => [ofPooled(features), distilled.apply(features.distilled as tf.Tensor2D)],
  };
}

/** The mean of tensors of one shape, such as logits or losses. */
export function meanOf<Each extends tf.Tensor>(tensors: readonly Each[]): Each {
  return tensors.length === 1 ? (tensors[0] as Each) : tf.mul(tf.addN([...tensors]), 1 / tensors.length);
}
