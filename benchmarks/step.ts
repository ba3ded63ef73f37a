// One training step of a ViT, plain and with position labels: `pnpm benchmark [--backend native] [--depth 6]`.
import { parseArgs } from 'node:util';
import { classification, type Head, type HostBatch, stream } from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { type BackendName, openBackend } from '@whereabouts/runtime';
import { adamW, eagerExecutor, joint, trainingStep, weightScalars } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';

const { values: flags } = parseArgs({
  options: {
    backend: { type: 'string', default: 'auto' },
    depth: { type: 'string', default: '6' },
    channels: { type: 'string', default: '192' },
    batch: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '5' },
  },
});
const [depth, channels, batchSize, rounds] = [flags.depth, flags.channels, flags.batch, flags.rounds].map(
  Number,
) as [number, number, number, number];

const random = stream(0, 'benchmark');
const batch: HostBatch = {
  images: {
    shape: [batchSize, 32, 32, 3],
    dtype: 'float32',
    values: Float32Array.from({ length: batchSize * 32 * 32 * 3 }, () => random.normal()),
  },
  classes: {
    shape: [batchSize],
    dtype: 'int32',
    values: Int32Array.from({ length: batchSize }, () => random.integer(10)),
  },
};

const opened = await openBackend({ backend: flags.backend as BackendName });
console.log(
  `${opened.backend} on ${opened.device}; ViT 32 px, patch 4, ${channels} channels, depth ${depth}, batch ${batchSize}`,
);

async function preparedStep(
  positionHeads: (spec: ReturnType<typeof vit>['spec']) => Record<string, Head<unknown, unknown>>,
) {
  const backbone = vit({ imageSize: 32, patchSize: 4, channels, depth, heads: 3 });
  const objective = joint(backbone, {
    classes: classification({ spec: backbone.spec, classes: 10 }),
    ...positionHeads(backbone.spec),
  });
  const optimiser = adamW(objective);
  const steps = { train: trainingStep({ objective, optimiser, clipNorm: 5 }) };
  const program = await eagerExecutor().prepare(steps, objective.variables);
  let step = 0;
  return async () => {
    const scalars = { learningRate: 1e-4, ...optimiser.scalars(step), ...weightScalars(objective.weights) };
    const started = performance.now();
    await program.run('train', { batch, scalars, seed: 0, step });
    step += 1;
    return performance.now() - started;
  };
}

const contenders = {
  plain: await preparedStep(() => ({})),
  'with APL': await preparedStep((spec) => ({ absolute: absolutePositions({ spec }) })),
  'with RPL, all pairs': await preparedStep((spec) => ({ relative: relativePositions({ spec }) })),
  'with RPL, 256 pairs': await preparedStep((spec) => ({
    relative: relativePositions({ spec, pairs: 256 }),
  })),
  'with both, all pairs': await preparedStep((spec) => ({
    absolute: absolutePositions({ spec }),
    relative: relativePositions({ spec }),
  })),
};
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, [] as number[]]));
for (const run of Object.values(contenders)) await run(); // warm-up
for (let round = 0; round < rounds; round += 1)
  for (const [name, run] of Object.entries(contenders)) times[name]?.push(await run());

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const plain = median(times.plain ?? []);
for (const [name, all] of Object.entries(times))
  console.log(
    `${name.padEnd(22)} median ${median(all).toFixed(0).padStart(6)} ms  min ${Math.min(...all)
      .toFixed(0)
      .padStart(6)} ms  ${(median(all) / plain).toFixed(2)} x plain`,
  );
