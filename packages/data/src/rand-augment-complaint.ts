import { randAugmentPolicy } from './rand-augment-policy.js';

/**
 * Says what is wrong with a RandAugment configuration; undefined where it can be read.
 *
 * @example
 * ```ts
 * import { randAugmentComplaint } from '@whereabouts/data';
 *
 * randAugmentComplaint('rand-m9-mstd0.5-inc1'); // => undefined
 * ```
 */
export function randAugmentComplaint(config: string): string | undefined {
  try {
    randAugmentPolicy(config);
    return undefined;
  } catch (reason) {
    return (reason as Error).message;
  }
}
