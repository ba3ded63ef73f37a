import type { PositionEncoding } from './position-encoding.js';

/**
 * Tells tokens nothing about their positions.
 *
 * @source Zhang & Gong, AAAI 2023: the ablation without an encoding
 * @example
 * ```ts
 * import { noEncoding } from '@whereabouts/patch-embedding';
 *
 * noEncoding().kind; // => 'none'
 * ```
 */
export function noEncoding(): PositionEncoding {
  return { kind: 'none', variables: {}, undecayed: [], byPosition: [], rows: () => undefined };
}
