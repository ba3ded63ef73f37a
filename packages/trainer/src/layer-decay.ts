import { isUnder, type Objective } from '@whereabouts/layers';

/**
 * Factors of the learning rate that fall with the distance from the output, for fine-tuning: `decay ** (G - g)` for a
 * variable in group `g` (counted from 0) of the `G` that `layerGroups` states, 1 for all others, such as heads. For an
 * optimiser's `learningRateScales`.
 *
 * @param objective from `joint`, over a backbone that states its `layerGroups`
 * @param decay from one layer to the layer before it, above 0 up to 1; 0.65 to 0.75 are usual for a ViT
 * @throws when the layers are not known, or `decay` is out of range
 * @source Bao et al. 2022 (BEiT); equal to timm's `param_groups_layer_decay`
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { classification } from '@whereabouts/layers';
 * import { adamW, joint, layerDecay } from '@whereabouts/trainer';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 2, heads: 2 });
 * const objective = joint(backbone, { classes: classification({ spec: backbone.spec, classes: 3 }) });
 * const scales = layerDecay(objective, 0.5);
 * [scales['backbone.classToken'], scales['backbone.blocks.1.norm1.weight'], scales['heads.classes.weight']]; // => [0.125, 0.5, 1]
 * const optimiser = adamW({ ...objective, learningRateScales: scales });
 * ```
 */
export function layerDecay(
  { variables, layerGroups }: Pick<Objective<never>, 'variables' | 'layerGroups'>,
  decay: number,
): Record<string, number> {
  if (!(decay > 0 && decay <= 1))
    throw new Error(`The layer decay is ${decay}, but must be above 0 and at most 1; 0.75 is usual.`);
  if (layerGroups === undefined)
    throw new Error(
      'Layer-wise decay needs to know the layers, and this objective has no `layerGroups`; its backbone states them, see LayerGroups in @whereabouts/layers.',
    );
  const scaleOf = (path: string) => {
    const group = layerGroups.findIndex((names) => names.some((name) => isUnder(path, name)));
    return group === -1 ? 1 : decay ** (layerGroups.length - group);
  };
  return Object.fromEntries(Object.keys(variables).map((path) => [path, scaleOf(path)]));
}
