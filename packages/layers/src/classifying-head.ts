import * as tf from '@tensorflow/tfjs-core';
import { type ClassBatch, classAccuracy, classLoss } from './class-loss.js';
import type { FeatureSpec, Features } from './features.js';
import { type Head, unmetNeed } from './head.js';
import { type Initialise, smallNormal } from './initialise.js';
import { linear } from './linear.js';
import { createRandom } from './random.js';
import { gatherVariables } from './variables.js';

/** What every classifying head is made of. */
export interface ClassifierOptions {
  /** Of the backbone that it will sit on. */
  readonly spec: FeatureSpec;
  /** How many. */
  readonly classes: number;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
  /** Label smoothing while training, from 0 to 1; 0 unless given. */
  readonly smoothing?: number;
  readonly initialise?: Initialise;
}

/**
 * A head with a linear classifier for each vector that a backbone hands over per image, which predicts the mean of their
 * logits. In evaluation its loss is that of the prediction.
 *
 * @param owner what messages call it
 * @param learn the loss while training, of the logits `[batch, classes] float32` of each classifier: that of the pooled
 * vector first, that of the distilled one last
 * @throws when the backbone pools nothing
 */
export function classifyingHead<Batch extends ClassBatch>(
  owner: string,
  options: ClassifierOptions,
  learn: (logits: readonly tf.Tensor2D[], batch: Batch) => tf.Scalar,
): Head<Batch, tf.Tensor2D> {
  const { spec, classes: outputs, seed = 0, initialise = smallNormal } = options;
  const unmet = unmetNeed({ pooled: true }, spec);
  if (unmet !== undefined) throw new Error(`The ${owner} head ${unmet}.`);
  const random = createRandom({ seed, step: 0 }).fork('classification');
  const pooled = linear({ inputs: spec.pooled, outputs, random, initialise });
  const distilled = !spec.distilled
    ? undefined
    : linear({ inputs: spec.distilled, outputs, random: random.fork('distilled'), initialise });
  const logitsOf = (features: Features): readonly tf.Tensor2D[] => [
    pooled.apply(features.pooled as tf.Tensor2D),
    ...(distilled === undefined ? [] : [distilled.apply(features.distilled as tf.Tensor2D)]),
  ];
  return {
    needs: { pooled: spec.pooled, ...(spec.distilled ? { distilled: true } : {}) },
    variables: { ...pooled.variables, ...(distilled === undefined ? {} : gatherVariables({ distilled })) },
    apply: (features) => meanOf(logitsOf(features)),
    loss: (features, batch, pass) => {
      const logits = logitsOf(features);
      const predicted = meanOf(logits);
      return {
        loss: pass.training ? learn(logits, batch) : classLoss(predicted, batch),
        metrics: { accuracy: classAccuracy(predicted, batch) },
      };
    },
  };
}

/** The mean of tensors of one shape, such as logits or losses. */
export function meanOf<Each extends tf.Tensor>(tensors: readonly Each[]): Each {
  return tensors.length === 1 ? (tensors[0] as Each) : tf.mul(tf.addN([...tensors]), 1 / tensors.length);
}
