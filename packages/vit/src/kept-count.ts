/**
 * How many of the patches a share keeps, rounded down.
 *
 * @param name of the option that the share came from, for messages
 * @throws when the share is out of range, or keeps no patch
 */
export function keptCount(name: string, ratio: number, patches: number): number {
  if (!(ratio > 0 && ratio <= 1))
    throw new Error(`${name} is ${ratio}, but is a share of the patches: above 0, up to 1. 0.25 is usual.`);
  const kept = Math.floor(ratio * patches);
  if (kept < 1)
    throw new Error(
      `${name} ${ratio} keeps none of the ${patches} patches; a share of ${Math.ceil(1000 / patches) / 1000} keeps one.`,
    );
  return kept;
}
