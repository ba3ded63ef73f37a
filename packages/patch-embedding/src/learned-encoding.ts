import type { Tensor2D } from '@tensorflow/tfjs-core';
import { positionCount, smallNormal, variable } from '@whereabouts/layers';
import { encodingRows } from './encoding-rows.js';
import type { PositionEncoding, PositionEncodingOptions } from './position-encoding.js';

/**
 * A learned row for every position (and for every token before the grid), free of weight decay.
 *
 * @source Dosovitskiy et al. 2021, section 3.1; starts normal with deviation 0.02 as timm's `pos_embed`, whose row
 * order is ours: the class token's first
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { createRandom } from '@whereabouts/layers';
 * import { learnedEncoding } from '@whereabouts/patch-embedding';
 *
 * const random = createRandom({ seed: 0, step: 0 });
 * const encoding = learnedEncoding({ grid: { rows: 2, columns: 3 }, channels: 8, prefix: 1, random });
 * encoding.variables.weight?.shape; // => [7, 8]
 * ```
 */
export function learnedEncoding(options: PositionEncodingOptions): PositionEncoding {
  const { grid, channels, random, prefix = 0 } = options;
  const weight = variable(smallNormal(random, 'weight', [prefix + positionCount(grid), channels]));
  return {
    kind: 'absolute',
    variables: { weight },
    undecayed: ['weight'],
    byPosition: ['weight'],
    rows: (positions) => encodingRows(weight as Tensor2D, prefix, positions),
  };
}
