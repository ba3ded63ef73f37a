import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
  type ClassBatch,
  classification,
  disposeVariables,
  type FeatureSpec,
  shuffledOrder,
  stream,
} from '@whereabouts/layers';
import type { Batches } from '../batches.js';
import type { Callback, Metrics } from '../callback.js';
import type { Executor } from '../executor.js';
import { sgd } from '../optimisers/sgd.js';
import type { Schedule } from '../schedules/schedule.js';
import { warmupCosine } from '../schedules/warmup-cosine.js';
import { train } from '../train.js';
import type { FeatureTable } from './feature-table.js';
import { standardised } from './standardised.js';

/** A batch of standardised features: `[batch, channels] float32`, and the classes. */
interface FeatureBatch extends ClassBatch {
  readonly features: Tensor2D;
}

/**
 * Trains a linear classifier on features that stay as they are: how well classes can be told apart by planes. Features are
 * standardised channel by channel with the training split's mean and variance.
 *
 * @param options.known features to learn from
 * @param options.asked features to measure on
 * @param options.epochs 90 unless given
 * @param options.batchSize 256 unless given; fewer where there are fewer pictures
 * @param options.learningRate of SGD with momentum 0.9, by step; unless given a peak of `0.1 * batchSize / 256` with a tenth
 *   of warm-up and half a cosine
 * @param options.seed of the first weights and the order of the batches; 0 unless given
 * @throws when the features are of different widths
 * @source He et al. 2022 (MAE), section A.2: batch normalisation without affine parameters, a linear layer, no weight decay.
 *   They have LARS with batches of 16,384, and statistics of each batch, since their pictures are augmented anew in each
 *   epoch; ours are computed once, so that the whole split's statistics are at hand
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { linearProbe } from '@whereabouts/trainer';
 *
 * const known = { length: 4, channels: 1, values: Float32Array.of(-2, -1, 1, 2), classes: Int32Array.of(0, 0, 1, 1) };
 * (await linearProbe({ known, asked: known, epochs: 20 })).accuracy; // => 1
 * ```
 */
export async function linearProbe(options: {
  readonly known: FeatureTable;
  readonly asked: FeatureTable;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number | Schedule;
  readonly seed?: number;
  readonly executor?: Executor;
  readonly callbacks?: readonly Callback[];
}): Promise<{ readonly loss: number; readonly accuracy: number }> {
  const { known, asked, epochs = 90, seed = 0 } = options;
  if (known.channels !== asked.channels)
    throw new Error(
      `The features have ${known.channels} and ${asked.channels} channels; compute both with the same backbone.`,
    );
  const batchSize = Math.min(options.batchSize ?? 256, known.length);
  const { channels } = known;
  const spec: FeatureSpec = {
    contract: 1,
    stages: [{ grid: { rows: 1, columns: 1 }, channels, length: 1 }],
    pooled: channels,
    positionEncoding: 'none',
  };
  const classes = Math.max(...known.classes, ...asked.classes) + 1;
  const head = classification({ spec, classes, seed });
  const tables = standardised(known, [known, asked]) as [FeatureTable, FeatureTable];
  const batches = featureBatches(tables[0], batchSize, seed);
  const steps = epochs * batches.length;
  const optimiser = sgd({ variables: head.variables, momentum: 0.9 });
  try {
    const { evaluation } = await train({
      objective: {
        variables: head.variables,
        undecayed: [],
        weights: { classes: 1 },
        terms: ({ features, classes }: FeatureBatch, pass) => ({
          classes: head.loss({ stages: [], pooled: features }, { classes }, pass),
        }),
      },
      batches,
      validation: featureBatches(tables[1], 1024),
      evaluateEvery: epochs,
      epochs,
      learningRate:
        options.learningRate ??
        warmupCosine({ peak: (0.1 * batchSize) / 256, warmupSteps: Math.floor(steps / 10), steps }),
      optimiser,
      seed,
      ...(options.executor === undefined ? {} : { executor: options.executor }),
      ...(options.callbacks === undefined ? {} : { callbacks: options.callbacks }),
    });
    const found = evaluation as Metrics;
    return { loss: found['classes.loss'] ?? Number.NaN, accuracy: found['classes.accuracy'] ?? Number.NaN };
  } finally {
    disposeVariables(head.variables);
    disposeVariables(optimiser.state);
  }
}

/** The rows of a table as batches: shuffled in each epoch without the remainder where a seed is given, else all in order. */
function featureBatches(
  { length, channels, values, classes }: FeatureTable,
  batchSize: number,
  seed?: number,
): Batches {
  const count = seed === undefined ? Math.ceil(length / batchSize) : Math.floor(length / batchSize);
  return {
    length: count,
    async *epoch(epoch, firstBatch = 0) {
      const order =
        seed === undefined
          ? Int32Array.from({ length }, (_, index) => index)
          : shuffledOrder(length, stream(seed, 'linearProbe/order', epoch));
      for (let batch = firstBatch; batch < count; batch += 1) {
        const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
        const features = new Float32Array(rows.length * channels);
        rows.forEach((row, place) => {
          features.set(values.subarray(row * channels, (row + 1) * channels), place * channels);
        });
        yield {
          features: { shape: [rows.length, channels], dtype: 'float32', values: features },
          classes: {
            shape: [rows.length],
            dtype: 'int32',
            values: rows.map((row) => classes[row] as number),
          },
        };
      }
    },
  };
}
