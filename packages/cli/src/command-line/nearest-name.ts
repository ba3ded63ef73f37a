import { distance } from 'fastest-levenshtein';

/**
 * The known name that a mistyped one most likely meant; undefined when none is near.
 *
 * @example
 * ```ts
 * import { nearestName } from 'whereabouts';
 *
 * nearestName('batchsize', ['epochs', 'batch-size']); // => "batch-size"
 * ```
 */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, edits: distance(typed.toLowerCase(), name) }))
    .sort((one, other) => one.edits - other.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, best.name.length / 2) ? best.name : undefined;
}
