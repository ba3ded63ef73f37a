import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import {
  type Backbone,
  type ClassBatch,
  classification,
  type DistillationBatch,
  distillation,
  type FeatureSpec,
  type Head,
  hardDistillation,
  type PixelNormalisation,
  softDistillation,
  type Teacher,
  type Variables,
} from '@whereabouts/layers';
import type { Reconstruction } from '@whereabouts/mae';
import { type AnyObjective, averagedOverFlips, freeze, joint } from '@whereabouts/trainer';
import { usageError } from '../command-line/usage-error.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { type BuiltBackbone, builtIn } from './build-backbone.js';
import { buildMaskedModel } from './build-masked-model.js';
import { positionHeads } from './position-heads.js';

/** What is trained. */
export interface BuiltModel {
  readonly objective: AnyObjective;
  readonly variables: Variables;
  readonly own: BuiltBackbone;
  /** The backbone as it predicts: averaged over flips where that is asked for. */
  readonly backbone: Backbone;
  /** Predicts logits, `[batch, classes] float32`; absent where classes aren't learned. */
  readonly classifier?: Head<DistillationBatch, Tensor2D>;
  /** The classifier and the position heads, by the names of their terms. */
  readonly heads: Readonly<Record<string, Head<never, unknown>>>;
  /** What the position heads reach without a look at the picture, by the names of the metrics, such as `absolute.accuracy`. */
  readonly chance: Readonly<Record<string, number>>;
  /** Paints what a masked model didn't see of images, `[batch, height, width, 3] float32`; absent where nothing is masked. */
  readonly reconstruct?: (images: Tensor4D) => Reconstruction;
}

/**
 * Builds what a configuration describes: a backbone with a classifier where there are classes, and a head for each position
 * label that ever counts. Every term has the weight 1; how much each counts while training, `termWeights` says.
 *
 * Where a share of the patches is kept, it is a masked autoencoder instead, which learns no classes.
 *
 * @param options.classes how many the data has; 0 where it has no labels
 * @param options.teacher that the classifier learns from as well, which evaluation and prediction need not
 * @param options.normalisation of the images, which the teacher's has to equal
 * @param options.own the backbone; the built-in one of the configuration unless given
 * @throws when there is nothing to learn
 */
export function buildModel(
  config: TrainingConfig,
  options: {
    readonly classes: number;
    readonly teacher?: Teacher | undefined;
    readonly normalisation?: PixelNormalisation;
    readonly own?: BuiltBackbone;
  },
): BuiltModel {
  const { optimiser, masking } = config;
  const { own = builtIn(config) } = options;
  if (masking.keepRatio !== 'none') return buildMaskedModel(config, own, masking.keepRatio);
  const { spec } = own.backbone;
  const backbone = config.evaluation.flips ? averagedOverFlips(own.backbone) : own.backbone;
  const positions = positionHeads(config, spec);
  if (options.classes === 0 && Object.keys(positions.heads).length === 0)
    throw usageError(
      'The pictures have no labels, so position labels are all that can be learned of them: give --absolute or --relative, or pretrain.',
    );
  const classifier = options.classes === 0 ? undefined : buildClassifier(config, spec, options);
  const heads: Readonly<Record<string, Head<never, unknown>>> = {
    ...(classifier && { classes: classifier }),
    ...positions.heads,
  };
  const whole = joint<Tensor4D, typeof heads>(backbone, heads);
  return {
    objective: optimiser.freeze.length === 0 ? whole : freeze(whole, optimiser.freeze),
    variables: whole.variables,
    ...{ own, backbone, heads },
    ...(classifier && { classifier }),
    chance: positions.chance,
  };
}

function buildClassifier(
  { labels: { smoothing }, distillation: { type, share, temperature }, training: { seed } }: TrainingConfig,
  spec: FeatureSpec,
  { classes, teacher, normalisation }: Parameters<typeof buildModel>[1],
): Head<ClassBatch, Tensor2D> | Head<DistillationBatch, Tensor2D> {
  if (teacher === undefined) return classification({ spec, classes, seed, smoothing });
  const losses = { hard: hardDistillation, soft: () => softDistillation({ temperature }) };
  return distillation({
    ...{ spec, classes, seed, smoothing, teacher },
    loss: losses[type](),
    alpha: share,
    ...(normalisation && { normalisation }),
  });
}
