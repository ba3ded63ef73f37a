import { evaluationPass } from '@whereabouts/layers';
import { reconstruct } from '@whereabouts/mae';
import { freeze, joint } from '@whereabouts/trainer';
import { usageError } from '../command-line/usage-error.js';
import type { TrainingConfig } from '../settings/training-config.js';
import type { BuiltBackbone } from './build-backbone.js';
import type { BuiltModel } from './build-model.js';
import { positionHeads } from './position-heads.js';

/**
 * Builds a masked autoencoder: a view of the backbone that sees a part of each picture, the head that paints the rest, and a
 * head for each position label that ever counts. Classes are not used. What predicts is the whole backbone.
 *
 * @param own the built-in model of the configuration
 * @param keepRatio share of a picture that is seen
 * @throws when there is no such view of the backbone
 */
export function buildMaskedModel(config: TrainingConfig, own: BuiltBackbone, keepRatio: number): BuiltModel {
  const { optimiser } = config;
  if (own.masked === undefined)
    throw usageError(
      'Masking is for built-in models, and --backbone is a module of your own; leave it out, or --keep-ratio.',
    );
  const { backbone, painter } = own.masked(keepRatio);
  const positions = positionHeads(config, backbone.spec);
  const heads = { pixels: painter, ...positions.heads };
  const objective = joint(backbone, heads);
  return {
    objective: optimiser.freeze.length === 0 ? objective : freeze(objective, optimiser.freeze),
    variables: objective.variables,
    own,
    backbone: own.backbone,
    heads,
    chance: positions.chance,
    reconstruct: (images) => reconstruct(painter, backbone.apply(images, evaluationPass()), images),
  };
}
