import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { classification, stream, gatherVariables } from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { openBackend } from '@whereabouts/runtime';
import { adamW, joint, trainingStep, weightScalars, compiledExecutor, eagerExecutor } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
const [depth, mode, labels, rounds, dropPath] = [Number(process.argv[2] ?? 6), process.argv[3] ?? 'float32', process.argv[4] ?? 'none', Number(process.argv[5] ?? 10), Number(process.argv[6] ?? 0)];
await openBackend({ backend: 'native' });
const batchSize = 64;
const random = stream(0, 'benchmark');
const batch = {
  images: { shape: [batchSize, 32, 32, 3], dtype: 'float32' as const, values: Float32Array.from({ length: batchSize * 32 * 32 * 3 }, () => random.normal()) },
  classes: { shape: [batchSize], dtype: 'int32' as const, values: Int32Array.from({ length: batchSize }, () => random.integer(10)) },
};
const backbone = vit({ imageSize: 32, patchSize: 4, channels: 192, depth, heads: 3, dropPath });
const objective = joint(backbone, { classes: classification({ spec: backbone.spec, classes: 10 }),
  ...(labels === 'absolute' || labels === 'both' ? { absolute: absolutePositions({ spec: backbone.spec }) } : {}),
  ...(labels === 'relative' || labels === 'both' ? { relative: relativePositions({ spec: backbone.spec }) } : {}) });
const optimiser = adamW(objective);
const executor = mode === 'eager' ? eagerExecutor() : compiledExecutor({ precision: mode as 'float32' });
const program = await executor.prepare({ train: trainingStep({ objective, optimiser, clipNorm: 5 }) }, gatherVariables({ m: objective, o: { variables: optimiser.state } }));
const times: number[] = [];
for (let step = 0; step <= rounds; step += 1) {
  const scalars = { learningRate: 1e-4, ...optimiser.scalars(step), ...weightScalars(objective.weights) };
  const t = performance.now();
  const m = await program.run('train', { batch, scalars, seed: 0, step });
  const ms = performance.now() - t;
  if (step === 0) console.log('first', ms.toFixed(0)); else times.push(ms);
  if (step < 5) console.log(JSON.stringify(m));
}
times.sort((a, b) => a - b);
console.log(mode, labels, 'depth', depth, 'min', times[0]!.toFixed(0), 'median', times[times.length >> 1]!.toFixed(0), 'rss peak MB', Math.round(process.resourceUsage().maxRSS / 1024), 'tensors', tf.memory().numTensors);
{
  const a = process.resourceUsage();
  for (let step = 50; step < 56; step += 1) await program.run('train', { batch, scalars: { learningRate: 1e-4, ...optimiser.scalars(step), ...weightScalars(objective.weights) }, seed: 0, step });
  const b = process.resourceUsage();
  console.log('per step: user', ((b.userCPUTime - a.userCPUTime) / 6000).toFixed(0), 'sys', ((b.systemCPUTime - a.systemCPUTime) / 6000).toFixed(0), 'minor faults', (b.minorPageFault - a.minorPageFault) / 6, 'ctx', (b.voluntaryContextSwitches - a.voluntaryContextSwitches) / 6, (b.involuntaryContextSwitches - a.involuntaryContextSwitches) / 6);
}
