/**
 * How many of the patches, or other parts of an image, a share keeps: rounded down, as MAE does. What lies within a billionth
 * of a whole number is that number, so that 0.29 of 100 is 29, though 0.29 * 100 is 28.999999999999996 in floating point.
 *
 * @param name of the option that the share came from, for messages
 * @throws when the share is out of range, or keeps none
 * @source He et al. 2022 (MAE), `int(L * (1 - mask_ratio))`: equal for its ratio of 0.75 on every grid
 * @example
 * ```ts
 * import { keptCount } from '@whereabouts/patch-embedding';
 *
 * [keptCount('keepRatio', 0.25, 196), keptCount('keepRatio', 0.29, 100), keptCount('keepRatio', 0.3, 32)]; // => [49, 29, 9]
 * ```
 */
export function keptCount(name: string, ratio: number, patches: number): number {
  if (!(ratio > 0 && ratio <= 1))
    throw new Error(`${name} is ${ratio}, but is a share of the patches: above 0, up to 1. 0.25 is usual.`);
  const share = ratio * patches;
  const nearest = Math.round(share);
  const kept = Math.abs(share - nearest) <= 1e-9 * patches ? nearest : Math.floor(share);
  if (kept < 1)
    throw new Error(
      `${name} ${ratio} keeps none of the ${patches} patches; a share of ${Math.ceil(1000 / patches) / 1000} keeps one.`,
    );
  return kept;
}
