import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, type Features, type HostTensor } from '@whereabouts/layers';
import type { TrainedModel } from '../run/open-trained-model.js';

/** Probabilities of classes, and for each token its position, the place it is given, and the logits of all places. */
export async function askModel({ backbone, classifier, heads }: TrainedModel, { shape, values }: HostTensor) {
  const pass = evaluationPass();
  const { absolute } = heads;
  const said = tf.tidy(() => {
    const features: Features = backbone.apply(tf.tensor<tf.Rank.R4>(values, shape as never), pass);
    const stage = features.stages.at(absolute?.needs.stage ?? -1);
    return {
      ...(classifier && { probabilities: tf.softmax(classifier.apply(features, pass)) }),
      ...(absolute && stage && { logits: absolute.apply(features, pass) as tf.Tensor3D }),
      ...(stage && { positions: stage.positions.clone() }),
    };
  });
  try {
    const logits = await said.logits?.array();
    const rows = logits?.flat();
    return {
      probabilities: await said.probabilities?.data(),
      positions: (await said.positions?.data()) ?? [],
      ...(rows && { logits: rows }),
      places: (rows ?? []).map((row) => row.indexOf(Math.max(...row))),
    };
  } finally {
    tf.dispose(said);
  }
}
