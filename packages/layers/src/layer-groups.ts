/**
 * The variables of a backbone by layer, from the input to the output: each group holds the paths of one layer, or names
 * that lead paths, as `isUnder` reads them. Plain data; a ViT of two blocks says
 * `[['patchEmbedding', 'classToken', 'positionEncoding'], ['blocks.0'], ['blocks.1', 'norm']]`.
 *
 * Layer-wise learning-rate decay reads it: a variable of group `g` (counted from 0) of `G` learns with the learning rate
 * times `decay ** (G - g)`. A variable that no group names comes after the last group, where the heads are, and learns with
 * the learning rate itself. No variable is in two groups. Parts that run side by side belong in one group.
 *
 * @source Bao et al. 2022 (BEiT); groups as timm's `group_matcher` makes them, where the last norm is in the group of the
 * last block (BEiT and MAE leave it with the head)
 */
export type LayerGroups = readonly (readonly string[])[];

/**
 * Whether the path of a variable is `name` or lies under it, by whole names: `blocks.1` has `blocks.1.norm1.weight` under
 * it, and not `blocks.10.norm1.weight`.
 *
 * @example
 * ```ts
 * import { isUnder } from '@whereabouts/layers';
 *
 * ['blocks.1.norm1.weight', 'blocks.10.norm1.weight'].map((path) => isUnder(path, 'blocks.1')); // => [true, false]
 * ```
 */
export function isUnder(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`);
}
