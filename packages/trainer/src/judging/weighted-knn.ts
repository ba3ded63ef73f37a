import * as tf from '@tensorflow/tfjs-core';
import type { FeatureTable } from './feature-table.js';

/** What the nearest neighbours say. */
export interface KnnResult {
  /** Share of the pictures whose class got the most votes. */
  readonly accuracy: number;
  /** `[length]`, the class with the most votes for every picture. */
  readonly predictions: Int32Array;
}

// Similarities in memory at once: 16 MiB of float32.
const tileNumbers = 2 ** 22;

/**
 * Classifies pictures by the votes of the most similar known ones, without learning anything: cosine similarity of the
 * features, the `neighbours` most similar, each with a vote of `exp(similarity / temperature)`.
 *
 * @param options.known features of pictures whose classes vote, such as the training split
 * @param options.asked features of the pictures to classify; their classes are what the accuracy is measured against
 * @param options.neighbours 20 unless given; all that are known where there are fewer
 * @param options.temperature 0.07 unless given
 * @throws when there is nothing to compare, or the features are of different widths
 * @source Wu et al. 2018, as DINO (Caron et al. 2021) evaluates: k = 20, temperature 0.07. Equal votes go to the lower class
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { weightedKnn } from '@whereabouts/trainer';
 *
 * const known = { length: 2, channels: 2, values: Float32Array.of(1, 0, 0, 1), classes: Int32Array.of(4, 7) };
 * const asked = { length: 1, channels: 2, values: Float32Array.of(0.2, 3), classes: Int32Array.of(7) };
 * weightedKnn({ known, asked }).accuracy; // => 1
 * ```
 */
export function weightedKnn(options: {
  readonly known: FeatureTable;
  readonly asked: FeatureTable;
  readonly neighbours?: number;
  readonly temperature?: number;
}): KnnResult {
  const { known, asked, neighbours = 20, temperature = 0.07 } = options;
  if (known.length === 0 || asked.length === 0)
    throw new Error(
      `Nearest neighbours need pictures on both sides; there are ${known.length} known and ${asked.length} asked for.`,
    );
  if (known.channels !== asked.channels)
    throw new Error(
      `The features have ${known.channels} and ${asked.channels} channels; compute both with the same backbone.`,
    );
  if (!Number.isInteger(neighbours) || neighbours < 1)
    throw new Error(`neighbours is ${neighbours}; expected a whole number from 1 up, such as 20.`);
  if (!(temperature > 0))
    throw new Error(`temperature is ${temperature}; expected a number above 0, such as 0.07.`);
  const count = Math.min(neighbours, known.length);
  const classCount = Math.max(...known.classes) + 1;
  const rows = Math.max(1, Math.floor(tileNumbers / known.length));
  const predictions = new Int32Array(asked.length);
  const reference = tf.tidy(() => tf.transpose(unitRows(known, 0, known.length)));
  for (let begin = 0; begin < asked.length; begin += rows) {
    const size = Math.min(rows, asked.length - begin);
    const { similarities, places } = tf.tidy(() => {
      const { values, indices } = tf.topk(tf.matMul(unitRows(asked, begin, size), reference), count);
      return { similarities: values.dataSync(), places: indices.dataSync() };
    });
    for (let row = 0; row < size; row += 1) {
      const votes = new Float64Array(classCount);
      for (let place = row * count; place < (row + 1) * count; place += 1) {
        const voter = known.classes[places[place] as number] as number;
        votes[voter] = (votes[voter] as number) + Math.exp((similarities[place] as number) / temperature);
      }
      predictions[begin + row] = votes.indexOf(Math.max(...votes));
    }
  }
  reference.dispose();
  const right = predictions.reduce((sum, guess, index) => sum + (guess === asked.classes[index] ? 1 : 0), 0);
  return { accuracy: right / asked.length, predictions };
}

// Some rows of a table as unit vectors, `[size, channels] float32`; a row of zeros stays one.
function unitRows({ values, channels }: FeatureTable, begin: number, size: number): tf.Tensor2D {
  const part = tf.tensor2d(values.subarray(begin * channels, (begin + size) * channels), [size, channels]);
  return tf.div(part, tf.maximum(tf.norm(part, 'euclidean', 1, true), 1e-12));
}
