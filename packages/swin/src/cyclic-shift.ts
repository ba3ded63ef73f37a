import * as tf from '@tensorflow/tfjs-core';
import { type Grid, operation } from '@whereabouts/layers';

/**
 * Moves the tokens of a grid up and to the left, those that leave it come in at the other side:
 * `[batch, rows, columns, channels] float32` to the same shape. Its gradient moves them back.
 *
 * @param by rows and columns, from 0 up to but not including those of the grid; what is negative moves down and to the right
 * @source Liu et al. 2021, figure 4: the cyclic shift; parts joined in another order, since no backend has `roll`
 */
export function cyclicShift(tokens: tf.Tensor4D, by: Grid): tf.Tensor4D {
  if (by.rows === 0 && by.columns === 0) return tokens;
  return operation((x) => ({
    value: moved(x as tf.Tensor4D, by),
    saved: [],
    gradient: (upstream) => [moved(upstream as tf.Tensor4D, opposite(by))],
  }))(tokens) as tf.Tensor4D;
}

/** The shift that undoes another. */
export function opposite({ rows, columns }: Grid): Grid {
  return { rows: -rows, columns: -columns };
}

function moved(tokens: tf.Tensor4D, { rows, columns }: Grid): tf.Tensor4D {
  return alongAxis(alongAxis(tokens, 1, rows), 2, columns);
}

function alongAxis(tokens: tf.Tensor4D, axis: 1 | 2, by: number): tf.Tensor4D {
  const side = tokens.shape[axis];
  const ahead = (by + side) % side; // how many come in at the other side
  if (ahead === 0) return tokens;
  const [first, second] = tf.split(tokens, [ahead, side - ahead], axis) as [tf.Tensor4D, tf.Tensor4D];
  return tf.concat([second, first], axis);
}
