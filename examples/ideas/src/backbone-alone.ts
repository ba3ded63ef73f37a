// A backbone without the trainer: a training loop in plain TensorFlow.js, and then its features to find alike pictures by.
//   npx --yes pnpm@12.21.0 example examples/ideas/src/backbone-alone.ts [steps]
import * as tf from '@tensorflow/tfjs-core';
import { batches, fashionMnist } from '@whereabouts/data';
import {
  classification,
  evaluationPass,
  gatherVariables,
  type HostTensor,
  trainingPass,
} from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { vit } from '@whereabouts/vit';

type Labelled = AsyncIterable<Readonly<Record<'images' | 'classes', HostTensor>>>;
const asTensor = ({ values, shape }: HostTensor) => tf.tensor<tf.Rank.R4>(values, [...shape] as never);

const [steps = '100'] = process.argv.slice(2);
await openBackend(); // gradients are registered as well
const { train, validation, normalisation, classNames } = await fashionMnist({ perClass: 50 });
const options = { batchSize: 50, imageSize: 28, normalisation };
const training = batches(train, { ...options, augmentation: {} });

const backbone = vit({ imageSize: 28, patchSize: 7, channels: 48, depth: 2, heads: 3, dropPath: 0.1 });
const head = classification({ spec: backbone.spec, classes: classNames.length });
const variables = Object.values(gatherVariables({ backbone, head }));
const optimiser = tf.train.adam(1e-3);

for (let step = 0; step < Number(steps); ) {
  const epoch = Math.floor(step / training.length);
  for await (const { images, classes } of training.epoch(epoch) as Labelled) {
    tf.tidy(() => {
      const batch = { classes: tf.tensor1d(classes.values, 'int32') };
      // Randomness is by name: the same seed and step drop the same paths on every machine.
      const pass = trainingPass({ seed: 0, step });
      const loss = () => head.loss(backbone.apply(asTensor(images), pass), batch, pass).loss;
      const value = optimiser.minimize(loss, true, variables);
      if (step % 10 === 0) console.log(`step ${step}: loss ${value?.dataSync()[0]?.toFixed(3)}`);
    });
    step += 1;
    if (step === Number(steps)) break;
  }
}

// Every picture is a vector now; the nearest one of another picture should show the same kind of garment.
const others = batches(validation, { ...options, shuffle: true }).epoch(0);
for await (const { images, classes } of others as Labelled) {
  const nearest = tf.tidy(() => {
    const features = backbone.apply(asTensor(images), evaluationPass());
    const pooled = features.pooled as tf.Tensor2D; // [batch, channels]
    const unit = tf.div(pooled, tf.norm(pooled, 2, 1, true)) as tf.Tensor2D;
    const alike = tf.sub(tf.matMul(unit, tf.transpose(unit)), tf.eye(unit.shape[0])); // not oneself
    return Array.from(tf.argMax(alike, 1).dataSync());
  });
  const same = nearest.filter((other, index) => classes.values[other] === classes.values[index]);
  console.log(`${same.length} of ${nearest.length} nearest neighbours are of the same kind.`);
  break;
}
