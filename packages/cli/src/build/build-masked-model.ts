import { evaluationPass } from '@whereabouts/layers';
import { pixelDecoder, reconstruct } from '@whereabouts/mae';
import { freeze, joint } from '@whereabouts/trainer';
import { masked } from '@whereabouts/vit';
import type { TrainingConfig } from '../settings/training-config.js';
import { type BuiltModel, vitOfConfig } from './build-model.js';
import { positionHeads } from './position-heads.js';

/**
 * Builds a masked autoencoder: a masked view of the ViT, the pixel decoder, and a head on the visible tokens for each position
 * label that ever counts. Classes are not used. What predicts is the whole ViT.
 *
 * @param keepRatio share of the patches that are seen
 */
export function buildMaskedModel(config: TrainingConfig, keepRatio: number): BuiltModel {
  const { masking, model, training, optimiser } = config;
  const whole = vitOfConfig(config);
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
    vit: whole,
    backbone: whole,
    heads,
    chance: positions.chance,
    reconstruct: (images) => reconstruct(decoder, backbone.apply(images, evaluationPass()), images),
  };
}
