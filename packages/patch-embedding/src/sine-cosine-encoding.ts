import * as tf from '@tensorflow/tfjs-core';
import { constantTensor, positionCount } from '@whereabouts/layers';
import { encodingRows } from './encoding-rows.js';
import type { PositionEncoding, PositionEncodingOptions } from './position-encoding.js';
import { sineCosineTable } from './sine-cosine-table.js';

/**
 * The fixed sine-cosine table; it learns nothing, and the rows of tokens before the grid are zero.
 *
 * @throws when 4 doesn't divide `channels`
 * @source He et al. 2022 (MAE), whose class token's row is zero too
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { createRandom } from '@whereabouts/layers';
 * import { sineCosineEncoding } from '@whereabouts/patch-embedding';
 *
 * const random = createRandom({ seed: 0, step: 0 });
 * const encoding = sineCosineEncoding({ grid: { rows: 2, columns: 3 }, channels: 8, prefix: 1, random });
 * encoding.rows()?.shape; // => [1, 7, 8]
 * ```
 */
export function sineCosineEncoding(options: PositionEncodingOptions): PositionEncoding {
  const { grid, channels, prefix = 0 } = options;
  const rows = prefix + positionCount(grid);
  const values = new Float32Array(rows * channels);
  values.set(sineCosineTable(grid, channels), prefix * channels);
  return {
    kind: 'absolute',
    variables: {},
    undecayed: [],
    byPosition: [],
    // Made anew in each pass, within its tidy: a tensor kept here would have no owner to dispose it.
    rows: (positions) =>
      encodingRows(constantTensor(tf.tensor2d(values, [rows, channels])), prefix, positions),
  };
}
