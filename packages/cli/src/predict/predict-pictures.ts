import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass } from '@whereabouts/layers';
import type { TrainedModel } from '../run/open-trained-model.js';
import { pictureBatches, type UnreadablePicture } from './picture-batches.js';

/** What a model says of one picture. */
export interface Prediction {
  readonly file: string;
  /** The likeliest classes, the likeliest first. */
  readonly classes: readonly { readonly class: string; readonly probability: number }[];
}

/** What became of some of the pictures. */
export interface Predicted {
  readonly predictions: readonly Prediction[];
  readonly unreadable: readonly UnreadablePicture[];
}

/**
 * Predicts the classes of pictures, a batch at a time.
 *
 * @param options.top how many classes of each picture are told
 * @throws when the model knows no classes
 */
export async function* predictPictures(
  model: TrainedModel,
  files: readonly string[],
  options: { readonly top: number },
): AsyncGenerator<Predicted> {
  const { classifier } = model;
  if (classifier === undefined)
    throw new Error(
      `${model.checkpoint} learned from pictures without labels, so it knows no classes; embed takes its features.`,
    );
  for await (const batch of pictureBatches(files, model)) {
    const probabilities = await probabilitiesOf(
      model,
      classifier,
      batch.images.values as Float32Array,
      batch.images.shape,
    );
    const predictions = batch.files.map((file, index) => {
      const own = Array.from(
        probabilities.subarray(index * model.classes.length, (index + 1) * model.classes.length),
      );
      const ranked = own
        .map((probability, label) => ({ class: model.classes[label] as string, probability }))
        .sort((one, other) => other.probability - one.probability);
      return { file, classes: ranked.slice(0, options.top) };
    });
    yield { predictions, unreadable: batch.unreadable };
  }
}

async function probabilitiesOf(
  { backbone }: TrainedModel,
  classifier: NonNullable<TrainedModel['classifier']>,
  values: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  if (values.length === 0) return values;
  const pass = evaluationPass();
  const probabilities = tf.tidy(() => {
    const features = backbone.apply(tf.tensor<tf.Rank.R4>(values, [...shape] as never), pass);
    return tf.softmax(classifier.apply(features, pass)); // [batch, classes]
  });
  try {
    return (await probabilities.data()) as Float32Array;
  } finally {
    probabilities.dispose();
  }
}
