// How long training steps of a ViT-Ti at 224 px wait for their batches: `pnpm benchmark:waiting --help`.
import { parseArgs } from 'node:util';
import { batches, imageNetNormalisation, pictureFiles } from '@whereabouts/data';
import { classification } from '@whereabouts/layers';
import { describeMachine, openBackend } from '@whereabouts/runtime';
import { compiledExecutor, constant, joint, type StepReport, train } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
import { aligned } from '../aligned.js';
import { photographs } from './photographs.js';

const help = `Trains a ViT-Ti at 224 px from JPEGs of 640 x 480 pixels, compiled natively, with the full augmentation.

  --photographs  a folder of pictures to make the JPEGs of; ../shared/data/photos unless given
  --workers      threads that make batches, a list; the default of batches unless given
  --precision    float32, bf16; a list; float32,bf16 unless given
  --batch        images per step; 32 unless given
  --steps        that count; 8 unless given. The first two, which compile and start the workers, don't`;

const text = { type: 'string' } as const;
const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== '--'),
  options: {
    photographs: { ...text, default: '../shared/data/photos' },
    workers: { ...text, default: 'default' },
    precision: { ...text, default: 'float32,bf16' },
    batch: { ...text, default: '32' },
    steps: { ...text, default: '8' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const unmeasured = 2;
const classes = 10;

/** The steps of a training, but for the first ones. */
async function follow(
  files: readonly string[],
  workers: number | undefined,
  precision: 'float32' | 'bf16',
): Promise<readonly StepReport[]> {
  const [batchSize, steps] = [Number(values.batch), Number(values.steps) + unmeasured];
  const repeated = Array.from(
    { length: batchSize * steps },
    (_, index) => files[index % files.length] as string,
  );
  const split = pictureFiles({
    name: 'train',
    files: repeated,
    classes: Int32Array.from(repeated, (_, index) => index % classes),
  });
  const data = batches(split, {
    batchSize,
    imageSize: 224,
    augmentation: { randAugment: 'rand-m9-mstd0.5-inc1', randomErasing: {}, interpolation: 'random' },
    mixing: { classes, mixup: 0.8, cutmix: 1 },
    normalisation: imageNetNormalisation,
    workers,
  });
  const backbone = vit({ imageSize: 224, patchSize: 16, channels: 192, depth: 12, heads: 3 });
  const reports: StepReport[] = [];
  await train({
    objective: joint(backbone, { classes: classification({ spec: backbone.spec, classes }) }),
    batches: data,
    epochs: 1,
    learningRate: constant(1e-4),
    executor: compiledExecutor({ precision }),
    callbacks: [{ onStep: (report) => void reports.push(report) }],
  });
  await data.close();
  return reports.slice(unmeasured);
}

async function measure(): Promise<void> {
  const { backend, tensorflowVersion } = await openBackend({ backend: 'native' });
  const { cpu, cores } = describeMachine();
  const made = await photographs(values.photographs);
  const rows: string[][] = [];
  try {
    for (const precision of ['float32', 'bf16'] as const)
      for (const workers of values.workers.split(','))
        if (values.precision.split(',').includes(precision)) {
          const steps = await follow(
            made.files,
            workers === 'default' ? undefined : Number(workers),
            precision,
          );
          const mean = (of: (report: StepReport) => number) =>
            steps.reduce((sum, report) => sum + of(report), 0) / steps.length;
          const [step, wait] = [mean((report) => report.stepSeconds), mean((report) => report.waitSeconds)];
          const most = Math.max(...steps.map(({ waitSeconds }) => waitSeconds));
          rows.push([
            precision,
            workers,
            (step * 1000).toFixed(0),
            (wait * 1000).toFixed(1),
            (most * 1000).toFixed(1),
            `${((wait / (wait + step)) * 100).toFixed(2)} %`,
            (Number(values.batch) / (wait + step)).toFixed(1),
            '',
          ]);
        }
  } finally {
    made.remove();
  }
  console.log(
    `${cpu}, ${cores} cores, ${backend} ${tensorflowVersion ?? ''}; ViT-Ti, 224 px, batch ${values.batch}\n`,
  );
  const head = [
    'precision',
    'workers',
    'ms per step',
    'ms waited',
    'most ms',
    'share waited',
    'images/s',
    '',
  ];
  console.log(aligned([head, ...rows]).join('\n'));
}

if (values.help) console.log(help);
else await measure();
