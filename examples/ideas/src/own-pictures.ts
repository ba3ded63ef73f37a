// Trains a small ViT with absolute position labels on your own pictures, one folder per class:
//   npx --yes pnpm@12.21.0 example examples/ideas/src/own-pictures.ts path/to/pictures [epochs]
// Ctrl-C saves and stops; the same command then goes on where it was.
import { batches, openDataSet } from '@whereabouts/data';
import { classification } from '@whereabouts/layers';
import { absolutePositions } from '@whereabouts/position-labels';
import { openBackend } from '@whereabouts/runtime';
import { joint, stopSignals, train, warmupCosine } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';

const [folder = 'pictures', epochs = '30'] = process.argv.slice(2);
const { backend } = await openBackend(); // the fastest that this machine has
const { title, dataSet } = await openDataSet(folder);
const { normalisation, classNames } = dataSet;
console.log(`${folder} is ${title}: ${classNames.join(', ')}. Training on ${backend}.`);

const imageSize = 64;
const batchSize = Math.min(32, dataSet.train.length);
const training = batches(dataSet.train, {
  ...{ batchSize, imageSize, normalisation },
  augmentation: { scale: [0.5, 1] }, // random crops and flips
});
const validation = batches(dataSet.validation, { batchSize, imageSize, normalisation });

const backbone = vit({ imageSize, patchSize: 8, channels: 96, depth: 6, heads: 3, dropPath: 0.1 });
const { spec } = backbone;
const objective = joint(
  backbone,
  {
    classes: classification({ spec, classes: classNames.length, smoothing: 0.1 }),
    absolute: absolutePositions({ spec }),
  },
  { weights: { absolute: 0.5 } },
);

const steps = Number(epochs) * training.length;
const stop = stopSignals();
const result = await train({
  ...{ objective, validation, batches: training },
  epochs: Number(epochs),
  learningRate: warmupCosine({ peak: 5e-4, warmupSteps: Math.floor(steps / 10), steps }),
  clipNorm: 5,
  best: { metric: 'classes.accuracy', mode: 'max' },
  checkpoints: { folder: 'own-pictures', resume: true },
  signal: stop.signal,
  callbacks: [
    {
      onEvaluation: ({ epoch, metrics }) => {
        const percent = (name: string) => `${(100 * (metrics[name] ?? 0)).toFixed(1)} %`;
        console.log(
          `epoch ${epoch}: classes ${percent('classes.accuracy')}, positions ${percent('absolute.accuracy')}`,
        );
      },
    },
  ],
});
stop.dispose();
console.log(`${result.reason} after step ${result.step}; the weights are in own-pictures/best.safetensors.`);
