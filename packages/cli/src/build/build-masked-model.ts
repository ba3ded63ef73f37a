import { evaluationPass } from '@whereabouts/layers';
import { pixelDecoder, reconstruct } from '@whereabouts/mae';
import { freeze, joint } from '@whereabouts/trainer';
import { masked } from '@whereabouts/vit';
import { usageError } from '../command-line/usage-error.js';
import type { TrainingConfig } from '../settings/training-config.js';
import type { BuiltBackbone } from './build-backbone.js';
import type { BuiltModel } from './build-model.js';
import { positionHeads } from './position-heads.js';

/**
 * Builds a masked autoencoder: a masked view of the ViT, the pixel decoder, and a head on the visible tokens for each position
 * label that ever counts. Classes are not used. What predicts is the whole ViT.
 *
 * @param own the ViT of the configuration
 * @param keepRatio share of the patches that are seen
 * @throws when the backbone is no ViT
 */
export function buildMaskedModel(config: TrainingConfig, own: BuiltBackbone, keepRatio: number): BuiltModel {
  const { masking, model, training, optimiser } = config;
  const whole = own.vit;
  if (whole === undefined)
    throw usageError(
      'Masking is for the built-in ViT, and --backbone is a module of your own; leave it out, or --keep-ratio.',
    );
  const backbone = masked(whole, { keepRatio });
  const decoder = pixelDecoder({
    spec: backbone.spec,
    patchSize: model.patchSize,
    target: masking.pixelTarget,
    channels: masking.decoderChannels,
    depth: masking.decoderDepth,
    heads: masking.decoderHeads,
    seed: training.seed,
  });
  const positions = positionHeads(config, backbone.spec);
  const heads = { pixels: decoder, ...positions.heads };
  const objective = joint(backbone, heads);
  return {
    objective: optimiser.freeze.length === 0 ? objective : freeze(objective, optimiser.freeze),
    variables: objective.variables,
    own,
    backbone: whole,
    heads,
    chance: positions.chance,
    reconstruct: (images) => reconstruct(decoder, backbone.apply(images, evaluationPass()), images),
  };
}
