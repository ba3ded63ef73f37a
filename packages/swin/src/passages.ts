import * as tf from '@tensorflow/tfjs-core';
import {
  gatherVariables,
  type Initialise,
  layerNorm,
  linear,
  type Random,
  type Variables,
} from '@whereabouts/layers';
import { padGrid } from './pad-grid.js';

/** What leads into a stage: `[batch, rows, columns, channels] float32` from the stage before to what the stage works on. */
export interface Passage {
  readonly variables: Variables;
  readonly apply: (tokens: tf.Tensor4D) => tf.Tensor4D;
}

interface PassageOptions {
  /** Of the stage before. */
  readonly channels: number;
  readonly random: Random;
  readonly initialise?: Initialise;
}

/**
 * Makes one token of every four: `[batch, rows, columns, channels] float32` to
 * `[batch, ⌈rows / 2⌉, ⌈columns / 2⌉, 2 * channels] float32`. An odd side is padded with zeros.
 *
 * @source Liu et al. 2021, section 3.1; the four in the order (even, even), (odd, even), (even, odd), (odd, odd) [row, column]
 */
function merging({ channels, random, ...initialise }: PassageOptions): Passage {
  const norm = layerNorm({ channels: 4 * channels, epsilon: 1e-5 });
  const reduction = linear({
    ...initialise,
    inputs: 4 * channels,
    outputs: 2 * channels,
    bias: false,
    random: random.fork('reduction'),
  });
  return {
    variables: gatherVariables({ norm, reduction }),
    apply: (tokens) => reduction.apply(norm.apply(quartets(tokens))),
  };
}

/** `[batch, rows, columns, channels]` to `[batch, ⌈rows / 2⌉, ⌈columns / 2⌉, 4 * channels]`. */
export function quartets(tokens: tf.Tensor4D): tf.Tensor4D {
  const [batch, , , channels] = tokens.shape;
  const even = padGrid(tokens, { rows: 2, columns: 2 });
  const [rows, columns] = [even.shape[1] / 2, even.shape[2] / 2];
  const split = tf.reshape(even, [batch * rows, 2, columns, 2, channels]);
  return tf.reshape(tf.transpose(split, [0, 2, 3, 1, 4]), [batch, rows, columns, 4 * channels]);
}

/**
 * Widens every token and keeps the grid: `[batch, rows, columns, channels] float32` to
 * `[batch, rows, columns, 2 * channels] float32`.
 *
 * @source Zhang & Gong 2023, the code of Swin with absolute position labels: LayerNorm and a linear layer without bias
 */
function widening({ channels, random, ...initialise }: PassageOptions): Passage {
  const norm = layerNorm({ channels, epsilon: 1e-5 });
  const projection = linear({
    ...initialise,
    inputs: channels,
    outputs: 2 * channels,
    bias: false,
    random: random.fork('projection'),
  });
  return {
    variables: gatherVariables({ norm, projection }),
    apply: (tokens) => projection.apply(norm.apply(tokens)),
  };
}

/** Leads into the first stage. */
const nothing = (): Passage => ({ variables: {}, apply: (tokens) => tokens });

/** Every passage by the name that leads its variables' paths. */
export const passages = { nothing, merging, widening } as const satisfies Readonly<
  Record<string, (options: PassageOptions) => Passage>
>;
export type PassageName = keyof typeof passages;
