import * as tf from '@tensorflow/tfjs-core';
import { constantTensor, createRandom, type Features, type Pass, project } from '@whereabouts/layers';
import { offsetChance } from './offset-chance.js';
import { type HeadOptions, type PositionHead, readStage, readTokens } from './position-head.js';
import { rasterPlace } from './raster.js';
import { reluMlp } from './relu-mlp.js';
import { type SampledPairs, samplePairs } from './sampled-pairs.js';

const name = 'offset head';

/** What the head may be told. */
export interface RelativeOffsetsOptions extends HeadOptions {
  /** Ordered pairs per image, drawn anew in each training step; 64 unless given. */
  readonly pairs?: number;
  /**
   * What a target of 1 means: `cells`, one row or column, as the released code has it; `side`, the grid's number of rows
   * or columns, as the paper has it. `cells` unless given.
   */
  readonly unit?: 'cells' | 'side';
  /** Outputs of the first and of the second linear layer; 512 unless given. */
  readonly hidden?: number;
}

/**
 * A head that tells how many rows and how many columns lie between two tokens, by regression: three linear layers with
 * ReLUs between them, of the channels of both. The loss is the mean absolute error over the two numbers of all drawn
 * pairs. Predicts offsets `[batch, length, length, 2] float32` of all pairs (rows, columns), in `unit`: for small grids.
 *
 * Pairs are drawn evenly and with replacement, a token with itself included. While training, a pass draws `queries` and
 * `keys`; evaluation takes the same pairs of tokens of every image. Metric: `error`, the mean absolute error in cells.
 *
 * @throws when the backbone lacks the stage
 * @source Liu et al. 2021 (DRLoc, arXiv 2106.03746) and its code, `l1` with `use_abs`, whose pairs, layers and loss these are.
 *   Where the paper divides by the side of the grid, the code as released regresses cells. Tokens are read after the last
 *   norm, there before it. There the layers start as PyTorch's do; here normal with deviation 0.02
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { relativeOffsets } from '@whereabouts/position-labels';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: 8, patchSize: 2, channels: 16, depth: 1, heads: 2 });
 * const head = relativeOffsets({ spec: backbone.spec, unit: 'side' });
 * const pass = trainingPass({ seed: 0, step: 0 });
 * const features = backbone.apply(tf.ones([2, 8, 8, 3]), pass);
 * Object.keys(head.loss(features, {}, pass).metrics ?? {}); // => ['error']
 * head.apply(features, pass).shape; // => [2, 16, 16, 2]
 * ```
 */
export function relativeOffsets(options: RelativeOffsetsOptions): PositionHead<tf.Tensor4D> {
  const { pairs = 64, unit = 'cells', hidden = 512 } = options;
  for (const [option, count] of Object.entries({ pairs, hidden }))
    if (!Number.isInteger(count) || count < 1)
      throw new Error(`The ${name} got ${option}: ${count}; expected a whole number from 1 up.`);
  const read = readStage(options, name);
  const { grid, channels, length } = read.stage;
  const mlp = reluMlp({
    inputs: 2 * channels,
    hidden,
    outputs: 2,
    random: createRandom({ seed: options.seed ?? 0, step: 0 }).fork('relativeOffsets'),
  });
  const cellsPerUnit = unit === 'side' ? grid : { rows: 1, columns: 1 };

  // The first layer's two parts; a pair's hidden vector is their sum.
  const meet = (features: Features) => {
    const { tokens, positions } = readTokens(features, read);
    const part = (firstRow: number, bias?: tf.Tensor) =>
      project(tokens, tf.slice(mlp.hiddenWeight, [firstRow, 0], [channels, hidden]), bias);
    return { queries: part(0, mlp.hiddenBias), keys: part(channels), positions };
  };
  const distance = (side: 'rows' | 'columns', { queryPositions, keyPositions }: SampledPairs) => {
    const [query, key] = [queryPositions, keyPositions].map((each) => rasterPlace(each, grid.columns)[side]);
    return tf.abs(tf.sub(query as tf.Tensor, key as tf.Tensor));
  };

  return {
    needs: read.needs,
    chance: offsetChance(grid, { unit, length }),
    variables: mlp.variables,
    apply: (features) => {
      const { queries, keys } = meet(features);
      return mlp.finish(tf.add(tf.expandDims(queries, 2), tf.expandDims(keys, 1)) as tf.Tensor4D);
    },
    loss: (features, _batch, pass) => {
      const drawn = samplePairs(meet(features), pairs, drawsOf(pass));
      const [rows, columns] = tf.unstack(mlp.finish(drawn.sums), 1) as [tf.Tensor, tf.Tensor]; // [batch * pairs] each
      const errorOf = (side: 'rows' | 'columns', predicted: tf.Tensor) =>
        tf.mean(tf.abs(tf.sub(predicted, tf.div(distance(side, drawn), cellsPerUnit[side]))));
      const errors = { rows: errorOf('rows', rows), columns: errorOf('columns', columns) };
      const inCells = tf.add(
        tf.mul(errors.rows, cellsPerUnit.rows),
        tf.mul(errors.columns, cellsPerUnit.columns),
      );
      return {
        loss: tf.div(tf.add(errors.rows, errors.columns), 2) as tf.Scalar,
        metrics: { error: tf.div(inCells, 2) as tf.Scalar },
      };
    },
  };
}

// Outside training, the same pairs every time, and of every image: so a mean doesn't depend on how images are batched.
function drawsOf({ training, random }: Pass): Pass['random']['uniform'] {
  if (training) return random.uniform;
  const always = createRandom({ seed: 0, step: 0 }).fork('relativeOffsets');
  return (part, shape) => constantTensor(always.uniform(part, [1, ...shape.slice(1)]));
}
