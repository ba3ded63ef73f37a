import * as tf from '@tensorflow/tfjs-core';
import {
  type FeatureSpec,
  type Features,
  positionCount,
  type StageSpec,
  stream,
  type TokenMap,
} from '@whereabouts/layers';

/**
 * Makes features as some backbone of this spec would: normal tokens at positions of their own in each image, in no
 * order. `positionGiven` is there where the spec says `partial`, `contentGiven` where a stage does.
 *
 * @param options.seed of the tokens and of which positions there are; 0 unless given
 * @param options.order of the tokens within each image: the same tokens in another order for another number; 0 unless given
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { exampleSpecs, randomFeatures } from '@whereabouts/conformance';
 *
 * const { stages } = randomFeatures({ spec: exampleSpecs[2]!, batchSize: 2 });
 * stages[0]?.tokens.shape; // => [2, 6, 8]
 * stages[0]?.positions.shape; // => [2, 6]
 * ```
 */
export function randomFeatures(options: {
  readonly spec: FeatureSpec;
  readonly batchSize: number;
  readonly seed?: number;
  readonly order?: number;
}): Features {
  const { spec, batchSize, seed = 0, order = 0 } = options;
  const images = Array.from({ length: batchSize }, (_, image) => image);
  const stages = spec.stages.map((stage, index): TokenMap => {
    const positions = images.map((image) =>
      shuffled(
        shuffled(range(positionCount(stage.grid)), seed, 'which', index, image).slice(0, stage.length),
        order,
        'order',
        index,
        image,
      ),
    );
    const tokens = positions.map((places, image) =>
      places.map((place) => tokenAt(stage, seed, index, image, place)),
    );
    const given = positions.map((places, image) =>
      places.map((place) => stream(seed, 'given', index, image, place).integer(2)),
    );
    const seen = positions.map((places, image) => {
      const first = shuffled([...places].sort(ascending), seed, 'seen', index, image);
      return places.map((place) => (first.indexOf(place) < (stage.contentGiven ?? 0) ? 1 : 0));
    });
    return {
      tokens: tf.tensor3d(tokens, [batchSize, stage.length, stage.channels], 'float32'),
      positions: tf.tensor2d(positions, [batchSize, stage.length], 'int32'),
      grid: stage.grid,
      ...(stage.contentGiven === undefined
        ? {}
        : { contentGiven: tf.tensor2d(seen, [batchSize, stage.length], 'float32') }),
      ...(spec.positionEncoding === 'partial'
        ? { positionGiven: tf.tensor2d(given, [batchSize, stage.length], 'float32') }
        : {}),
    };
  });
  const vectorOf = (name: 'pooled' | 'distilled') => {
    const channels = spec[name] ?? 0;
    if (channels === 0) return {};
    const vectors = images.map((image) => normals(channels, seed, name, image));
    return { [name]: tf.tensor2d(vectors, [batchSize, channels], 'float32') };
  };
  return { stages, ...vectorOf('pooled'), ...vectorOf('distilled') };
}

const ascending = (first: number, second: number) => first - second;
const range = (end: number) => Array.from({ length: end }, (_, index) => index);

function normals(count: number, ...path: readonly (string | number)[]): number[] {
  const { normal } = stream(...path);
  return Array.from({ length: count }, normal);
}

function tokenAt(stage: StageSpec, ...path: readonly number[]): number[] {
  return normals(stage.channels, 'token', ...path);
}

function shuffled(values: readonly number[], ...path: readonly (string | number)[]): number[] {
  const { uniform } = stream(...path);
  return values
    .map((value) => ({ value, key: uniform() }))
    .sort((first, second) => first.key - second.key)
    .map(({ value }) => value);
}
