import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
  type Backbone,
  type ClassBatch,
  classification,
  type FeatureSpec,
  type Head,
  type Variables,
} from '@whereabouts/layers';
import {
  absolutePositions,
  type Chance,
  type PositionHead,
  relativePositions,
} from '@whereabouts/position-labels';
import { type AnyObjective, joint } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
import type { TrainingConfig } from '../settings/training-config.js';

/** What is trained. */
export interface BuiltModel {
  readonly objective: AnyObjective;
  readonly variables: Variables;
  readonly backbone: Backbone;
  /** Predicts logits, `[batch, classes] float32`. */
  readonly classifier: Head<ClassBatch, Tensor2D>;
  /** What the position heads reach without a look at the picture, by the names of the metrics, such as `absolute.accuracy`. */
  readonly chance: Readonly<Record<string, number>>;
}

/** Position labels by name: how much each counts, and its head. */
const positionHeads = {
  absolute: (spec: FeatureSpec, { training: { seed } }: TrainingConfig): PositionHead =>
    absolutePositions({ spec, seed }),
  relative: (spec: FeatureSpec, { training: { seed }, labels: { pairs } }: TrainingConfig): PositionHead =>
    relativePositions({ spec, seed, pairs }),
} as const;

/**
 * Builds what a configuration describes: a backbone with a classifier, and a head for each position label that counts.
 *
 * @param classes how many the data has
 * @param backbone a ViT of the configuration unless given
 */
export function buildModel(
  config: TrainingConfig,
  classes: number,
  backbone: Backbone = vitOf(config),
): BuiltModel {
  const { labels, training } = config;
  const { seed } = training;
  const { spec } = backbone;
  const positions = (['absolute', 'relative'] as const)
    .filter((name) => labels[name] > 0)
    .map((name) => ({ name, weight: labels[name], head: positionHeads[name](spec, config) }));

  const classifier = classification({ spec, classes, seed, smoothing: labels.smoothing });
  const objective = joint<
    Parameters<typeof backbone.apply>[0],
    Readonly<Record<string, Head<never, unknown>>>
  >(
    backbone,
    { classes: classifier, ...Object.fromEntries(positions.map(({ name, head }) => [name, head])) },
    { weights: Object.fromEntries(positions.map(({ name, weight }) => [name, weight])) },
  );
  return {
    objective,
    variables: objective.variables,
    backbone,
    classifier,
    chance: Object.assign({}, ...positions.map(({ name, head }) => prefixed(name, head.chance))),
  };
}

function vitOf({ data, model, training }: TrainingConfig): Backbone {
  const { name: _name, backbone: _backbone, backboneOptions: _options, ...shape } = model;
  return vit({ ...shape, imageSize: data.imageSize, seed: training.seed });
}

function prefixed(name: string, chance: Chance): Record<string, number> {
  return Object.fromEntries(Object.entries(chance).map(([metric, value]) => [`${name}.${metric}`, value]));
}
