import * as tf from '@tensorflow/tfjs-core';
import { operation, type Random } from '@whereabouts/layers';

/** Some ordered pairs of tokens, each of one image. */
export interface SampledPairs {
  /** `[batch · count, hidden] float32`, a query's vector plus a key's. */
  readonly sums: tf.Tensor2D;
  /** `[batch · count] int32`, where the query of each pair sits. */
  readonly queryPositions: tf.Tensor1D;
  /** `[batch · count] int32`, where the key of each pair sits. */
  readonly keyPositions: tf.Tensor1D;
}

// One-hot rows times tokens picks tokens; a gather has no gradient on wasm.
function pick(choice: tf.Tensor3D, tokens: tf.Tensor3D): tf.Tensor {
  return operation((all) => ({
    value: tf.matMul(choice, all as tf.Tensor3D),
    saved: [choice],
    gradient: (upstream, [chosen]) => [tf.matMul(tf.transpose(chosen as tf.Tensor3D, [0, 2, 1]), upstream)],
  }))(tokens);
}

// Each token's rank among its image's tokens in raster order, from 0: so what is drawn does not depend on their order.
function ranksOf(positions: tf.Tensor2D): tf.Tensor {
  const before = tf.less(tf.expandDims(positions, 1), tf.expandDims(positions, 2)); // [batch, length, length]
  return tf.sum(tf.cast(before, 'float32'), -1);
}

/**
 * Draws `count` of an image's ordered pairs, evenly and with replacement, so that the mean over them is an unbiased
 * estimate of the mean over all.
 *
 * @param queries `[batch, length, hidden] float32`, what a token adds to a pair as its query
 * @param keys `[batch, length, hidden] float32`, what a token adds to a pair as its key
 * @param positions `[batch, length] int32`
 * @param uniform draws `queries` and `keys`
 */
export function samplePairs(
  { queries, keys, positions }: { queries: tf.Tensor3D; keys: tf.Tensor3D; positions: tf.Tensor2D },
  count: number,
  uniform: Random['uniform'],
): SampledPairs {
  const [batch, length, hidden] = queries.shape;
  const places = tf.cast(tf.expandDims(positions, 1), 'float32'); // [batch, 1, length]
  const ranks = tf.expandDims(ranksOf(positions), 1); // [batch, 1, length]
  const draw = (name: string, tokens: tf.Tensor3D) => {
    const rank = tf.floor(tf.mul(uniform(name, [batch, count, 1]), length)); // 24 random bits never round up to length
    const choice = tf.cast(tf.equal(rank, ranks), 'float32') as tf.Tensor3D; // [batch, count, length]
    const chosen = tf.sum(tf.mul(choice, places), -1); // [batch, count]
    return {
      tokens: tf.reshape(pick(choice, tokens), [batch * count, hidden]),
      positions: tf.reshape(tf.cast(chosen, 'int32'), [batch * count]) as tf.Tensor1D,
    };
  };
  const query = draw('queries', queries);
  const key = draw('keys', keys);
  return {
    sums: tf.add(query.tokens, key.tokens) as tf.Tensor2D,
    queryPositions: query.positions,
    keyPositions: key.positions,
  };
}
