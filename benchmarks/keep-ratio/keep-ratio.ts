// What a training step of a masked ViT costs by the share of the patches that it sees: only those should be paid for.
import { parseArgs } from 'node:util';
import { createRandom, gatherVariables } from '@whereabouts/layers';
import { absolutePositions } from '@whereabouts/position-labels';
import { openBackend } from '@whereabouts/runtime';
import { adamW, compiledExecutor, joint, trainingStep, weightScalars } from '@whereabouts/trainer';
import { masked, vit } from '@whereabouts/vit';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    batch: { type: 'string', default: '32' },
    json: { type: 'boolean', default: false },
  },
});
const ratios = [0.25, 0.5, 0.75, 1];
const shape = { imageSize: 128, patchSize: 8, channels: 192, depth: 6, heads: 3 }; // 16 x 16 patches

await openBackend({ backend: 'native' });
const sides = [Number(values.batch), shape.imageSize, shape.imageSize, 3];
const drawn = createRandom({ seed: 0, step: 0 }).normal('images', sides);
const images = { shape: sides, dtype: 'float32', values: Float32Array.from(await drawn.data()) } as const;

/** A compiled step of the encoder and a head on what it sees. */
async function stepOf(keepRatio: number): Promise<() => Promise<number>> {
  const encoder = masked(vit({ ...shape, positionEncoding: 'none' }), { keepRatio });
  const objective = joint(encoder, { absolute: absolutePositions({ spec: encoder.spec }) });
  const optimiser = adamW({ ...objective, weightDecay: 0.05 });
  const program = await compiledExecutor({ precision: 'float32' }).prepare(
    { train: trainingStep({ objective, optimiser, clipNorm: 0 }) },
    gatherVariables({ model: objective, optimiser: { variables: optimiser.state } }),
  );
  let step = 0;
  return async () => {
    const scalars = { learningRate: 1e-4, ...optimiser.scalars(step), ...weightScalars(objective.weights) };
    const begin = performance.now();
    await program.run('train', { batch: { images }, scalars, seed: 0, step });
    step += 1;
    return performance.now() - begin;
  };
}

const steps: (() => Promise<number>)[] = [];
for (const ratio of ratios) steps.push(await stepOf(ratio));
for (const step of steps) for (let warm = 0; warm < 2; warm += 1) await step();
const times: number[][] = ratios.map(() => []);
for (let round = 0; round < Number(values.rounds); round += 1)
  for (const [index, step] of steps.entries()) times[index]?.push(await step(), await step());

const median = (all: readonly number[]) =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
const medians = times.map(median);
const rows = ratios.map((keepRatio, index) => ({
  keepRatio,
  milliseconds: medians[index] ?? Number.NaN,
  share: (medians[index] ?? Number.NaN) / (medians.at(-1) ?? Number.NaN),
}));
if (values.json) console.log(JSON.stringify(rows, undefined, 2));
else
  for (const { keepRatio, milliseconds, share } of rows)
    console.log(
      `keepRatio ${keepRatio}: ${milliseconds.toFixed(0)} ms per step, ${(100 * share).toFixed(0)} % of the whole grid`,
    );
