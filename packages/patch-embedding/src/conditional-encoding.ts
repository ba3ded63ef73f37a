import * as tf from '@tensorflow/tfjs-core';
import { oneHot, positionCount, variable } from '@whereabouts/layers';
import { depthwiseConvolution } from './depthwise-convolution.js';
import type { PositionEncoding, PositionEncodingOptions } from './position-encoding.js';

/**
 * Conditional position encoding: nothing is added at first; after the first block, each token of the grid gets what a
 * depthwise 3 x 3 convolution makes of the tokens around it. The zeros beyond the border tell how far it is. It learns
 * `weight [3, 3, channels]` and `bias [channels]` whatever the grid, so a trained model takes other image sizes as it is.
 *
 * Tokens before the grid (a class token, registers) are left alone. Where tokens are missing or in another order, each is put
 * at its position first; places without one are zeros, like those beyond the border.
 *
 * @source Chu et al. 2023 (CPVT): after the first block, with a residual; without weight decay, as in the authors' Twins.
 * Starts uniform within ±1/3, as PyTorch's convolution, but with a bias of zero. Missing tokens are ours
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { createRandom } from '@whereabouts/layers';
 * import { conditionalEncoding } from '@whereabouts/patch-embedding';
 *
 * const random = createRandom({ seed: 0, step: 0 });
 * const encoding = conditionalEncoding({ grid: { rows: 2, columns: 3 }, channels: 8, random });
 * encoding.afterFirstBlock?.(tf.ones([4, 6, 8])).shape; // => [4, 6, 8]
 * ```
 */
export function conditionalEncoding(options: PositionEncodingOptions): PositionEncoding {
  const { grid, channels, random } = options;
  const { rows, columns } = grid;
  const weight = variable(
    tf.tidy(() => tf.mul(tf.sub(random.uniform('weight', [3, 3, channels]), 0.5), 2 / 3)),
  );
  const bias = variable(tf.zeros([channels]));

  /** `[batch, positions, channels] float32` to the same shape. */
  const encode = (tokens: tf.Tensor3D): tf.Tensor3D => {
    const maps = tf.reshape(tokens, [-1, rows, columns, channels]) as tf.Tensor4D;
    const convolved = depthwiseConvolution(maps, weight as tf.Tensor3D);
    return tf.reshape(tf.add(convolved, bias), tokens.shape);
  };
  return {
    kind: 'conditional',
    variables: { weight, bias },
    undecayed: ['weight'],
    byPosition: [],
    rows: () => undefined,
    afterFirstBlock: (tokens, positions) => {
      if (positions === undefined) return tf.add(tokens, encode(tokens));
      const [batch, length] = positions.shape;
      const count = positionCount(grid);
      const places = tf.reshape(oneHot(tf.reshape(positions, [-1]), count), [batch, length, count]);
      const whole = tf.matMul(tf.transpose(places, [0, 2, 1]), tokens) as tf.Tensor3D; // [batch, positions, channels]
      return tf.add(tokens, tf.matMul(places, encode(whole)));
    },
  };
}
