// A schedule for the weight of a loss: the position label counts much at first and nothing at last.
//   npx --yes pnpm@12.21.0 example examples/ideas/src/loss-weight-schedule.ts [epochs]
import { batches, fashionMnist, padAndShift } from '@whereabouts/data';
import { classification } from '@whereabouts/layers';
import { absolutePositions } from '@whereabouts/position-labels';
import { openBackend } from '@whereabouts/runtime';
import { joint, linearSchedule, train, warmupCosine } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';

const [epochs = '10'] = process.argv.slice(2);
await openBackend();
const { train: pictures, normalisation, classNames } = await fashionMnist({ perClass: 50 });
const training = batches(pictures, {
  ...{ batchSize: 50, imageSize: 28, normalisation },
  augmentation: padAndShift,
});
const backbone = vit({
  ...{ imageSize: 28, patchSize: 4, channels: 48, depth: 3, heads: 3 },
  positionEncoding: 'none', // with an encoding, the position would be given away
  pooling: 'average',
});
const steps = Number(epochs) * training.length;

await train({
  objective: joint(backbone, {
    classes: classification({ spec: backbone.spec, classes: classNames.length }),
    absolute: absolutePositions({ spec: backbone.spec }),
  }),
  batches: training,
  epochs: Number(epochs),
  learningRate: warmupCosine({ peak: 1e-3, warmupSteps: Math.floor(steps / 10), steps }),
  // Any function of the step is a schedule; those of the package know where to stop.
  weights: { absolute: linearSchedule({ from: 1, to: 0, steps: steps / 2 }) },
  callbacks: [
    {
      onStep: ({ step, weights, metrics }) => {
        const loss = (name: string) => metrics[`${name}.loss`]?.toFixed(3);
        console.log(
          `step ${step}: absolute counts ${weights?.absolute?.toFixed(2)}, loss ${loss('absolute')}; classes ${loss('classes')}`,
        );
      },
    },
  ],
});
