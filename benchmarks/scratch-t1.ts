import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { classification, gelu, layerNorm } from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { vit } from '@whereabouts/vit';
import { adamW } from '/work/main/packages/trainer/src/adamw.js';
import { joint } from '/work/main/packages/trainer/src/joint.js';
import { trainingStep } from '/work/main/packages/trainer/src/steps.js';
import { signatureGraph } from '/work/main/packages/xla/src/signature-graph.js';
import { trace } from '/work/main/packages/xla/src/trace/trace.js';

await openBackend({ backend: 'native' });
const backbone = vit({
  imageSize: 32,
  patchSize: 4,
  channels: 192,
  depth: Number(process.argv[2] ?? 6),
  heads: 3,
});
const objective = joint(backbone, { classes: classification({ spec: backbone.spec, classes: 10 }) });
const optimiser = adamW(objective);
const step = trainingStep({ objective, optimiser, clipNorm: 5 });
console.log(tf.memory().numTensors);
let t = performance.now();
const traced = trace(
  (inputs, { random, scalar }) =>
    step({ batch: inputs, random, scalars: new Proxy({}, { get: (_n, k) => scalar(String(k)) }) as never }),
  { images: { shape: [64, 32, 32, 3], dtype: 'float32' }, classes: { shape: [64], dtype: 'int32' } },
  process.argv[3] === 'bf16' ? 'bf16' : 'float32',
);
console.log(
  'trace',
  performance.now() - t,
  traced.graph.nodes.length,
  tf.getBackend(),
  tf.memory().numTensors,
);
t = performance.now();
const g = signatureGraph(traced, 'f0/');
console.log(
  'write',
  performance.now() - t,
  g.nodes.length,
  g.functions.length,
  g.functions.map((f) => f.nodes.length).join(' '),
);
const count: Record<string, number> = {};
for (const n of g.nodes) count[n.op] = (count[n.op] ?? 0) + 1;
console.log(count);
if (process.argv[4])
  for (const f of g.functions) {
    console.log(
      f.name,
      f.inputs.map((i) => i.dtype).join(),
      '->',
      f.outputs.map((i) => i.dtype).join(),
      g.nodes.filter((n) => n.op === 'PartitionedCall' && (n.attributes.f as any).function === f.name).length,
      f.nodes
        .filter((n) => n.op !== 'Const')
        .map((n) => n.op)
        .join(' '),
    );
  }
const byName = new Map(g.nodes.map((n) => [n.name, n]));
let shown = 0;
for (const n of g.nodes)
  if (n.op === 'Mul' && shown++ < 8)
    console.log(
      n.name,
      n.inputs.map((i) => i + '=' + byName.get(i.split(':')[0]!)?.op),
      '<-',
      g.nodes
        .filter((m) => m.inputs.some((i) => i === n.name + ':0'))
        .map((m) => m.op)
        .join(),
    );
