import * as tf from '@tensorflow/tfjs-core';
import {
  constantTensor,
  type Grid,
  gatherVariables,
  type Initialise,
  linear,
  operation,
  positionCount,
  type Random,
  type Variables,
} from '@whereabouts/layers';
import { relativePositionBias } from './relative-position-bias.js';
import { shiftMask } from './shift-mask.js';

/** Self-attention within windows: `[batch, rows, columns, channels] float32` to the same shape. */
export interface WindowAttention {
  /** `qkv`, `projection` and, unless switched off, `relativePositionBias`. */
  readonly variables: Variables;
  readonly apply: (tokens: tf.Tensor4D) => tf.Tensor4D;
}

/**
 * Multi-head self-attention in windows that divide the grid of the tokens.
 *
 * Windows are formed by the transposition that forms the heads, so that they cost no copy of their own.
 *
 * @param options.grid of the tokens, already shifted
 * @param options.shift by how much the grid was shifted; tokens that were no neighbours before don't see each other
 * @source Liu et al. 2021, sections 3.2 and 3.3; variables `qkv` and `projection`, queries, keys and values fused in that
 * order as in timm
 */
export function windowAttention(options: {
  readonly grid: Grid;
  readonly window: Grid;
  readonly shift: Grid;
  readonly channels: number;
  readonly heads: number;
  readonly relativePositionBias: boolean;
  readonly qkvBias: boolean;
  readonly random: Random;
  readonly initialise?: Initialise;
}): WindowAttention {
  const { grid, window, shift, channels, heads, random, qkvBias, ...rest } = options;
  const initialise = rest.initialise === undefined ? {} : { initialise: rest.initialise };
  const width = channels / heads;
  const length = positionCount(window);
  const [down, across] = [grid.rows / window.rows, grid.columns / window.columns];
  const windows = down * across;
  const qkv = linear({
    ...initialise,
    inputs: channels,
    outputs: 3 * channels,
    bias: qkvBias,
    random: random.fork('qkv'),
  });
  const projection = linear({
    ...initialise,
    inputs: channels,
    outputs: channels,
    random: random.fork('projection'),
  });
  const bias = options.relativePositionBias ? relativePositionBias({ window, heads, random }) : undefined;
  const mask = shift.rows > 0 || shift.columns > 0 ? shiftMask({ grid, window, shift }) : undefined;

  /** What is added to the scores: one number per head, pair of tokens and, with a mask, window. */
  const addend = (): tf.Tensor | undefined => {
    const apart = mask && constantTensor(tf.tensor3d(mask, [1, windows, length * length], 'float32'));
    const byOffset = bias && tf.reshape(bias.table(), [heads, 1, length * length]);
    return apart && byOffset ? tf.add(byOffset, apart) : (byOffset ?? apart);
  };

  return {
    variables: { ...gatherVariables({ qkv, projection }), ...bias?.variables },
    apply: (tokens) => {
      const [batch] = tokens.shape;
      const strips = batch * down; // of windows side by side
      const split = tf.reshape(qkv.apply(tokens), [
        strips,
        window.rows,
        across,
        window.columns,
        3 * heads,
        width,
      ]);
      const parts = tf.reshape(tf.transpose(split, [4, 0, 2, 1, 3, 5]), [
        3 * heads,
        batch * windows,
        length,
        width,
      ]);
      const [queries, keys, values] = tf.split(parts, 3) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D]; // [heads, batch * windows, length, width]
      const scores = tf.matMul(queries, keys, false, true) as tf.Tensor4D; // [heads, batch * windows, length, length]
      const mixed = tf.matMul(tf.softmax(scaledPlus(scores, 1 / Math.sqrt(width), addend())), values);
      const windowed = tf.reshape(mixed, [heads, strips, across, window.rows, window.columns, width]);
      const joined = tf.reshape(tf.transpose(windowed, [1, 3, 2, 4, 0, 5]), [
        batch,
        grid.rows,
        grid.columns,
        channels,
      ]);
      return projection.apply(joined as tf.Tensor4D);
    },
  };
}

// Scaled here and not in the queries, whose gradient then goes from one product to the next as it is.
function scaledPlus(scores: tf.Tensor4D, scale: number, addend: tf.Tensor | undefined): tf.Tensor4D {
  if (addend === undefined) return tf.mul(scores, scale);
  const [heads] = scores.shape;
  const size = addend.size / heads;
  const rows = tf.reshape(scores, [heads, -1, size]);
  const sum = scaledRowsPlusRow(scale)(rows, tf.reshape(addend, [heads, 1, size]));
  return tf.reshape(sum, scores.shape) as tf.Tensor4D;
}

/** `scale * rows [heads, copies, size] + row [heads, 1, size]` */
const scaledRowsPlusRow = (scale: number) =>
  operation((...inputs) => {
    const [rows, row] = inputs as [tf.Tensor3D, tf.Tensor3D];
    const [heads, copies] = rows.shape;
    return {
      value: tf.add(tf.mul(rows, scale), row),
      saved: [],
      gradient: (upstream) => {
        const scaled = tf.mul(upstream, scale);
        // Summed over copies by a product, which is faster, and from what is stored anyway.
        const sums = tf.matMul(tf.ones([heads, 1, copies]), scaled);
        return [scaled, tf.div(sums, scale)];
      },
    };
  });
