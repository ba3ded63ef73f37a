import type * as tf from '@tensorflow/tfjs-core';
import { gatherVariables, type Objective, within } from '@whereabouts/layers';
import { tinyBackbone } from './tiny-backbone.js';
import { tinyHead } from './tiny-head.js';

/** An objective that keeps every promise: the position of each token. */
export function tinyObjective(seed: number): Objective<{ readonly images: tf.Tensor4D }> {
  const backbone = tinyBackbone(seed);
  const head = tinyHead(backbone.spec, seed);
  return {
    variables: gatherVariables({ backbone, 'heads.where': head }),
    undecayed: ['backbone.embedding.weight'],
    weights: { where: 0.5 },
    terms: ({ images }, pass) => {
      const features = backbone.apply(images, within(pass, 'backbone'));
      return { where: head.loss(features, {}, within(pass, 'where')) };
    },
  };
}
