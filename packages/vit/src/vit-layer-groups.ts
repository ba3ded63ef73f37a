import { isUnder, type LayerGroups } from '@whereabouts/layers';

/**
 * The paths of a ViT by layer: what is learned before the blocks, then each block, the last with the norm after it. A norm
 * after pooling comes with the heads.
 *
 * @param paths of all variables of the ViT
 * @param depth how many blocks
 * @source timm's `VisionTransformer.group_matcher`
 */
export function vitLayerGroups(paths: readonly string[], depth: number): LayerGroups {
  const blocks = Array.from({ length: depth }, (_, block) => [`blocks.${block}`]);
  const later = ['blocks', 'norm', 'poolNorm'];
  const first = paths.flatMap((path) => path.split('.')[0] ?? []).filter((name) => !later.includes(name));
  const norm = paths.some((path) => isUnder(path, 'norm')) ? ['norm'] : [];
  return [[...new Set(first)], ...blocks.slice(0, -1), [...(blocks.at(-1) ?? []), ...norm]];
}
