// A head of your own: beside the classes, each token learns the mean colour of its patch.
//   npx --yes pnpm@12.21.0 example examples/ideas/src/own-head.ts [epochs]
import * as tf from '@tensorflow/tfjs-core';
import { batches, fashionMnist } from '@whereabouts/data';
import {
  classification,
  createRandom,
  type FeatureSpec,
  type Features,
  type Head,
  linear,
  oneHot,
  type StageSpec,
  type TokenMap,
} from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { joint, train } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';

/** Predicts the mean colour of every token's patch: `[batch, length, 3] float32`. */
function patchColours(spec: FeatureSpec): Head<{ readonly images: tf.Tensor4D }, tf.Tensor3D> {
  const [{ channels }] = spec.stages.slice(-1) as [StageSpec];
  const random = createRandom({ seed: 0, step: 0 }).fork('patchColours');
  const layer = linear({ inputs: channels, outputs: 3, random });
  const stageOf = ({ stages }: Features) => stages.at(-1) as TokenMap;
  const coloursOf = (features: Features) => layer.apply(stageOf(features).tokens); // [batch, length, 3]
  return {
    needs: { stage: -1 },
    variables: layer.variables,
    apply: coloursOf,
    loss: (features, { images }) => {
      const { positions, grid } = stageOf(features);
      const [batch, height, width] = images.shape;
      const { rows, columns } = grid;
      const patches = tf.reshape(images, [batch * rows, height / rows, columns, width / columns, 3]);
      const byPosition = tf.reshape(tf.mean(patches, [1, 3]), [batch, rows * columns, 3]);
      // Tokens may come in any order, and some may be missing: `positions` says which is which.
      const chosen = oneHot(tf.reshape(positions, [-1]), rows * columns);
      const wanted = tf.matMul(tf.reshape(chosen, [batch, -1, rows * columns]), byPosition); // [batch, length, 3]
      const error = tf.sub(coloursOf(features), wanted);
      return { loss: tf.mean(tf.square(error)), metrics: { distance: tf.mean(tf.abs(error)) } };
    },
  };
}

const [epochs = '10'] = process.argv.slice(2);
await openBackend();
const { train: pictures, normalisation, classNames } = await fashionMnist({ perClass: 50 });
const backbone = vit({ imageSize: 28, patchSize: 4, channels: 48, depth: 3, heads: 3 });
await train({
  objective: joint(backbone, {
    classes: classification({ spec: backbone.spec, classes: classNames.length }),
    colours: patchColours(backbone.spec),
  }),
  batches: batches(pictures, { batchSize: 50, imageSize: 28, augmentation: {}, normalisation }),
  epochs: Number(epochs),
  learningRate: 1e-3,
  callbacks: [{ onStep: ({ step, metrics }) => console.log(step, metrics['colours.distance']?.toFixed(3)) }],
});
