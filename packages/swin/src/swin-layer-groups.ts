import type { LayerGroups } from '@whereabouts/layers';
import type { StagePlan } from './stage-plan.js';

/**
 * The paths of a Swin by layer: the patch embedding, then each block, the first of a stage with what leads into the stage,
 * the last of all with the norm after it.
 *
 * @source timm's `SwinTransformer.group_matcher`
 */
export function swinLayerGroups(plans: readonly StagePlan[]): LayerGroups {
  const blocks = plans.flatMap(({ passage, dropPaths }, stage) =>
    dropPaths.map((_, block) => [
      ...(block === 0 && passage !== 'nothing' ? [`stages.${stage}.${passage}`] : []),
      `stages.${stage}.blocks.${block}`,
    ]),
  );
  const last = blocks.at(-1) ?? [];
  return [['patchEmbedding', 'patchNorm'], ...blocks.slice(0, -1), [...last, 'norm']];
}
