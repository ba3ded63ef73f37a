import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { classification, createRandom, stream } from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { adamW, joint, trainingStep, weightScalars } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
await openBackend({ backend: (process.argv[2] ?? 'native') as never });
const random = stream(0, 'benchmark'); const B = Number(process.argv[3] ?? 64);
const images = tf.tensor4d(Float32Array.from({ length: B * 32 * 32 * 3 }, () => random.normal()), [B, 32, 32, 3]);
const classes = tf.tensor1d(Int32Array.from({ length: B }, () => random.integer(10)), 'int32');
const backbone = vit({ imageSize: 32, patchSize: 4, channels: 192, depth: 6, heads: 3 });
const objective = joint(backbone, { classes: classification({ spec: backbone.spec, classes: 10 }) });
const optimiser = adamW(objective);
const step = trainingStep({ objective, optimiser, clipNorm: 5 });
const run = () => tf.tidy(() => { step({ batch: { images, classes }, random: createRandom({ seed: 0, step: 0 }), scalars: Object.fromEntries(Object.entries({ learningRate: 1e-4, ...optimiser.scalars(0), ...weightScalars(objective.weights) }).map(([k, v]) => [k, tf.scalar(v)])) as never }); });
run(); run();
// time each kernel by wrapping
const engine = tf.engine() as any;
const totals = new Map<string, { n: number; ms: number }>();
const original = engine.runKernelFunc.bind(engine);
let wrap = false;
for (const k of tf.getKernelsForBackend(tf.getBackend())) {
  const f = k.kernelFunc;
  (k as any).kernelFunc = (p: any) => { if (!wrap) return f(p); const t = performance.now(); const out = f(p); const ms = performance.now() - t; const ins = Object.values(p.inputs ?? {}).filter(Boolean).map((x: any) => `[${x.shape}]`).join(''); const key = k.kernelName + ' ' + ins; const r = totals.get(key) ?? { n: 0, ms: 0 }; r.n++; r.ms += ms; totals.set(key, r); return out; };
}
void original;
wrap = true; const t = performance.now(); run(); const all = performance.now() - t; wrap = false;
let inside = 0; let n = 0; for (const r of totals.values()) { inside += r.ms; n += r.n; }
console.log('step', all.toFixed(0), 'in kernels', inside.toFixed(0), 'calls', n);
for (const [k, r] of [...totals].sort((a, b) => b[1].ms - a[1].ms).slice(0, 45)) console.log(r.ms.toFixed(1).padStart(7), String(r.n).padStart(4), k);
