import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, evaluationPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { namedTensors } from '../named-tensors.js';
import { difference, type Outputs, outputsOf, readTensors } from '../outputs.js';

/** In evaluation, an image gives the same features alone and beside others. */
export async function imagesApart<Input>(
  backbone: Backbone<Input>,
  inputOf: (batchSize: number) => Input,
): Promise<void> {
  const alone = inputOf(1);
  const beside = inputOf(3);
  const [one, three] = [await readTensors(namedTensors(alone)), await readTensors(namedTensors(beside))];
  const mismade = difference(one, firstOf(three, one), 0);
  if (mismade !== undefined)
    throw new Error(
      `makeInput must draw its values from the random that it is given, so that a batch of 3 begins with the image of a batch of 1; found ${mismade}.`,
    );
  const first = await outputsOf(() => backbone.apply(alone, evaluationPass()));
  const second = await outputsOf(() => backbone.apply(beside, evaluationPass()));
  tf.dispose([Object.values(namedTensors(alone)), Object.values(namedTensors(beside))]);
  const found = difference(first, firstOf(second, first), 1e-4);
  if (found !== undefined)
    throw brokenPromise(
      'images of a batch do not influence each other in evaluation',
      'the same features of an image alone and beside two others',
      found,
    );
}

// The values of the first image, with the shape of a batch of one.
function firstOf(batch: Outputs, one: Outputs): Outputs {
  return Object.fromEntries(
    Object.entries(batch).map(([name, { shape, dtype, values }]) => {
      const size = one[name]?.values.length ?? 0;
      return [name, { shape: [1, ...shape.slice(1)], dtype, values: Array.from(values).slice(0, size) }];
    }),
  );
}
