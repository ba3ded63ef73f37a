import * as tf from '@tensorflow/tfjs-core';
import {
  dropPath,
  type Grid,
  gatherVariables,
  type Initialise,
  type Layer,
  layerNorm,
  mlp,
  type Random,
  within,
} from '@whereabouts/layers';
import { cyclicShift, opposite } from './cyclic-shift.js';
import { cropGrid, paddedGrid, padGrid } from './pad-grid.js';
import { windowAttention } from './window-attention.js';

/**
 * A pre-norm block, attention within windows and an MLP, each on a residual branch:
 * `[batch, rows, columns, channels] float32` to the same shape.
 *
 * @param options.shift of the windows, against those of a block without shift
 * @source Liu et al. 2021, equation 3; a grid that the windows don't divide is shifted and then padded with zeros after the
 * norm, as in timm, so that the padding takes part in attention
 */
export function swinBlock(options: {
  readonly grid: Grid;
  readonly window: Grid;
  readonly shift: Grid;
  readonly channels: number;
  readonly heads: number;
  readonly mlpRatio: number;
  readonly qkvBias: boolean;
  readonly relativePositionBias: boolean;
  readonly dropPath: number;
  readonly random: Random;
  readonly initialise?: Initialise;
}): Layer<tf.Tensor4D, tf.Tensor4D> {
  const { grid, window, shift, channels, mlpRatio, dropPath: rate, random, ...rest } = options;
  const initialise = rest.initialise === undefined ? {} : { initialise: rest.initialise };
  const norm1 = layerNorm({ channels, epsilon: 1e-5 });
  const attention = windowAttention({
    ...rest,
    grid: paddedGrid(grid, window),
    window,
    shift,
    channels,
    random: random.fork('attention'),
  });
  const norm2 = layerNorm({ channels, epsilon: 1e-5 });
  const feedForward = mlp({
    ...initialise,
    channels,
    hidden: Math.floor(channels * mlpRatio),
    random: random.fork('mlp'),
  });

  return {
    variables: gatherVariables({ norm1, attention, norm2, mlp: feedForward }),
    apply: (tokens, pass) => {
      const shifted = padGrid(cyclicShift(norm1.apply(tokens), shift), window);
      const mixed = cyclicShift(cropGrid(attention.apply(shifted), grid), opposite(shift));
      const afterMixing = tf.add(tokens, dropPath(mixed, rate, within(pass, 'attention')));
      const fed = feedForward.apply(norm2.apply(afterMixing));
      return tf.add(afterMixing, dropPath(fed, rate, within(pass, 'mlp')));
    },
  };
}
