import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, type FeatureSpec, type Features, type Pass, variable } from '@whereabouts/layers';
import { checkBackbone } from '../src/check-backbone.js';
import { randomImages } from '../src/random-images.js';
import { tinyBackbone } from './tiny-backbone.js';

/** What changes in a backbone that keeps every promise. */
export type Change = (good: Backbone, seed: number) => Partial<Backbone>;

/** Checks tiny backbones that are changed so. */
export const check = (change: Change) =>
  checkBackbone(
    (seed) => {
      const good = tinyBackbone(seed);
      return Object.defineProperties(good, Object.getOwnPropertyDescriptors(change({ ...good }, seed)));
    },
    randomImages({ height: 8, width: 12 }),
  );

/** What is said of a tiny backbone that is changed so. */
export const complaintOf = (change: Change): Promise<string> =>
  check(change).then(
    () => 'no promise was broken',
    (thrown: Error) => thrown.message,
  );

/** Changes fields of the spec. */
export const withSpec =
  (spec: object): Change =>
  (good) => ({ spec: { ...good.spec, ...spec } as FeatureSpec });

/** Changes fields of every stage that is handed over. */
export const withStage =
  (change: (stage: Features['stages'][0], pass: Pass, images: tf.Tensor4D) => object): Change =>
  (good) => ({
    apply: (images, pass) => {
      const features = good.apply(images, pass);
      return {
        ...features,
        stages: features.stages.map((stage) => ({ ...stage, ...change(stage, pass, images) })),
      };
    },
  });

/** Changes the tokens of every stage. */
export const withTokens = (
  change: (tokens: tf.Tensor3D, pass: Pass, images: tf.Tensor4D) => tf.Tensor,
): Change => withStage(({ tokens }, pass, images) => ({ tokens: change(tokens, pass, images) }));

/** Adds a variable at a path. */
export const extra =
  (path: string, make = (): tf.Variable => variable(tf.ones([1]))): Change =>
  (good) => ({
    variables: { ...good.variables, [path]: make() },
  });
